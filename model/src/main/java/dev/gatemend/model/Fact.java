package dev.gatemend.model;

/**
 * What an observation says. One variant an observer's product; each is immutable and holds no
 * verdict.
 */
public sealed interface Fact
        permits AccessGroup,
                ApplicationLog,
                ConfigurationVerdict,
                ConntrackTable,
                Container,
                CouldNotLook,
                DnsLookup,
                ErrorGroup,
                FileSystemSpace,
                FirewallRules,
                GivenText,
                JournalLine,
                KeptProgram,
                KernelEvent,
                LocalAddresses,
                LogScan,
                NginxConfiguration,
                NginxInstallation,
                NginxMaster,
                PathWalk,
                PeerProbe,
                PoolStatus,
                ProcessEnd,
                ProcessState,
                Routes,
                SecurityModule,
                ShellLoop,
                SocketTable,
                SystemdUnit,
                UrlAnswer {}
