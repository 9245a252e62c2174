package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Cause;
import java.util.List;

/**
 * Every cause Gatemend knows, in alphabetical order. A test holds this list, the classes and the
 * docs pages together.
 */
public final class Causes {
    private static final List<Cause> ALL =
            List.of(
                    new AppCrashLoop(),
                    new AppCrashRuntime(),
                    new AppCrashedAtStart(),
                    new AppError(),
                    new AppHung(),
                    new AppNotReady(),
                    new AppNotRunning(),
                    new AppSegfault(),
                    new AppWorkersExhausted(),
                    new AuthRequestFailed(),
                    new BodyTooLargeRejected(),
                    new ClientAbort499(),
                    new ConfigNotReloaded(),
                    new ConfiguredError(),
                    new ConntrackFull(),
                    new ContainerLocalhost(),
                    new ContainerPortMapping(),
                    new CpuStarved(),
                    new DependencyDown(),
                    new DependencySlow(),
                    new DeployRestartWindow(),
                    new DiskFull(),
                    new DockerNetworkMismatch(),
                    new EphemeralPortExhaustion(),
                    new FdLimit(),
                    new FirewallBlocked(),
                    new HostUnreachable(),
                    new InvalidNginxConfig(),
                    new Ipv6Localhost(),
                    new Ipv6Unreachable(),
                    new KeepaliveRace(),
                    new ListenBacklogFull(),
                    new MalformedUpstreamResponse(),
                    new MaxConnsReached(),
                    new MemoryPressure(),
                    new NginxNotRunning(),
                    new OutOfMemory(),
                    new PhpFpmMaxChildren(),
                    new PortConflict(),
                    new ProcessLimit(),
                    new ProtocolMismatch(),
                    new ProxyLoop(),
                    new RateLimited(),
                    new RecentChangeRegression(),
                    new RequestTooLargeForApp(),
                    new ResolverCannotResolve(),
                    new ResolverMissing(),
                    new ResponseHeaderTooBig(),
                    new SelinuxDenied(),
                    new SlowUpstreamReadTimeout(),
                    new SocketDirPermission(),
                    new SocketPermission(),
                    new SocketPrivateTmp(),
                    new SocketUnlinked(),
                    new SoftwareBug(),
                    new StaleSocket(),
                    new StaleUpstreamDns(),
                    new TempDirPermission(),
                    new TlsClientCert(),
                    new TlsSniMissing(),
                    new TlsVerifyFailed(),
                    new TlsVersionMismatch(),
                    new UpstreamDnsNotFound(),
                    new UpstreamMarkedDown(),
                    new UpstreamOwnError(),
                    new WebsocketUpgradeHeaders(),
                    new WorkerConnectionsExhausted(),
                    new WorkerRecycleRace(),
                    new WorkerTimeoutKill(),
                    new WrongBindAddress(),
                    new WrongHostHeader(),
                    new WrongPort(),
                    new WrongSocketPath(),
                    new WrongUpstreamTarget());

    private Causes() {}

    public static List<Cause> all() {
        return ALL;
    }
}
