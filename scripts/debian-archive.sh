# shellcheck shell=sh
# Sourced by the scripts that fetch something of Debian without installing it.

# Debian's own archive among the configured sources, whichever mirror that is.
debian_mirror() {
    # shellcheck disable=SC2016 # apt's own fields
    apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | sed -n 's/^Debian //p' | head -n 1
}
