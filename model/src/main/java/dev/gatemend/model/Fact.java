package dev.gatemend.model;

/**
 * What an observation says. One variant an observer's product; each is immutable and holds no
 * verdict.
 */
public sealed interface Fact
        permits AcceptOverflows,
                AccessGroup,
                ApplicationLog,
                ConfigurationVerdict,
                ConntrackTable,
                Container,
                ControlGroup,
                CouldNotLook,
                DnsLookup,
                ErrorGroup,
                FileSystemSpace,
                FirewallRules,
                GivenText,
                HostLoad,
                JournalLine,
                KeptProgram,
                KernelEvent,
                LocalAddresses,
                LocalPorts,
                LogScan,
                NginxConfiguration,
                NginxInstallation,
                NginxMaster,
                PathWalk,
                PeerProbe,
                PoolLimits,
                PoolStatus,
                ProcessEnd,
                ProcessState,
                Routes,
                SecurityModule,
                ShellLoop,
                SocketTable,
                SystemdUnit,
                TaskLimit,
                UrlAnswer,
                WorkerConnections {}
