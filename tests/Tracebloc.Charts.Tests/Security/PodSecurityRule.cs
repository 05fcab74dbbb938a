using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>
/// One control of the restricted profile, https://kubernetes.io/docs/concepts/security/pod-security-standards/, by its
/// name there. The seed is a pod that keeps all others and breaks this one: it proves that the rule can fail.
/// </summary>
internal sealed record PodSecurityRule(
    string Name, Func<Workload, bool> IsKept, string Text, string By)
{
    /// <summary>A pod that keeps every rule.</summary>
    public const string Good =
        """
        kind: Pod
        metadata: {name: good}
        spec:
          securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: main
              ports: [{containerPort: 8080}]
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          volumes:
            - name: data
              emptyDir: {}

        """;

    private static readonly string[] Volumes =
    [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret",
    ];

    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
    ];

    public static IReadOnlyList<PodSecurityRule> Restricted { get; } =
    [
        new(
            "Host Namespaces",
            pod => new[] { "hostNetwork", "hostPID", "hostIPC" }.All(key => pod.Pod[key].Text is "" or "false"),
            "spec:\n", "spec:\n  hostNetwork: true\n"),
        new(
            "Privileged Containers",
            pod => pod.AllContainers.All(one => one.Security("privileged").Text is "" or "false"),
            "capabilities:", "privileged: true, capabilities:"),
        new(
            "Host Ports",
            pod => pod.AllContainers.All(one => one.Ports.All(port => port["hostPort"].Text is "" or "0")),
            "containerPort: 8080", "containerPort: 8080, hostPort: 80"),
        new(
            "SELinux",
            pod => Contexts(pod, "seLinuxOptions").All(options => !options["user"].Exists && !options["role"].Exists
                && options["type"].Text is "" or "container_t" or "container_init_t" or "container_kvm_t"),
            "{runAsNonRoot", "{seLinuxOptions: {type: spc_t}, runAsNonRoot"),
        new(
            "/proc Mount Type",
            pod => pod.AllContainers.All(one => one.Security("procMount").Text is "" or "Default"),
            "capabilities:", "procMount: Unmasked, capabilities:"),
        new(
            "Sysctls",
            pod => pod.Pod.At("securityContext.sysctls").Items.All(one => SafeSysctls.Contains(one["name"].Text)),
            "{runAsNonRoot", "{sysctls: [{name: kernel.msgmax, value: '1'}], runAsNonRoot"),
        new(
            "AppArmor",
            pod => Contexts(pod, "appArmorProfile").All(profile => profile["type"].Text != "Unconfined")
                && !pod.PodMetadata["annotations"].Map.Any(entry =>
                    entry.Key.StartsWith("container.apparmor", StringComparison.Ordinal)
                    && entry.Value == "unconfined"),
            "{runAsNonRoot", "{appArmorProfile: {type: Unconfined}, runAsNonRoot"),
        new(
            "Volume Types",
            pod => pod.Volumes.All(volume => volume.Entries.All(key => key.Key == "name" || Volumes.Contains(key.Key))),
            "emptyDir: {}", "hostPath: {path: /}"),
        new(
            "Privilege Escalation",
            pod => pod.AllContainers.All(one => one.Security("allowPrivilegeEscalation").Text == "false"),
            "allowPrivilegeEscalation: false, ", ""),
        new(
            "Running as Non-root",
            pod => pod.AllContainers.All(one => Effective(pod, one, "runAsNonRoot").Text == "true"),
            "runAsNonRoot: true, ", ""),
        new(
            "Running as Non-root user",
            pod => Contexts(pod, "runAsUser").All(user => user.Text != "0"),
            "capabilities:", "runAsUser: 0, capabilities:"),
        new(
            "Seccomp",
            pod => pod.AllContainers.All(one =>
                Effective(pod, one, "seccompProfile")["type"].Text is "RuntimeDefault" or "Localhost"),
            ", seccompProfile: {type: RuntimeDefault}", ""),
        new(
            "Capabilities",
            pod => pod.AllContainers.All(one => one.Security("capabilities") is var capabilities
                && capabilities["drop"].Texts.Contains("ALL")
                && capabilities["add"].Texts.All(added => added == "NET_BIND_SERVICE")),
            "drop: [ALL]", "drop: [ALL], add: [CHOWN]"),
    ];

    /// <summary><see cref="Good"/> with a text of it replaced.</summary>
    public Workload Seed => new(new Manifest(Good.Replace(Text, By)));

    public IEnumerable<string> Violations(IEnumerable<Workload> workloads) =>
        workloads.Where(workload => !IsKept(workload)).Select(workload => $"{workload.Id} breaks {Name}");

    /// <summary>A container's own word counts before the pod's.</summary>
    private static Node Effective(Workload pod, Container container, string key) =>
        container.Security(key) is { Exists: true } own ? own : pod.Pod["securityContext"][key];

    private static IEnumerable<Node> Contexts(Workload pod, string key) =>
        [pod.Pod["securityContext"][key], .. pod.AllContainers.Select(container => container.Security(key))];
}
