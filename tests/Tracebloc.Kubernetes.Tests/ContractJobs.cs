using k8s.Models;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Jobs of the contracts.</summary>
internal static class ContractJobs
{
    internal static V1Job Job(string? policy) => new()
    {
        Metadata = new() { Name = "load" },
        Spec = new() { PodReplacementPolicy = policy, Template = ContractPods.Template() },
    };
}

/// <summary>Pods of the contracts.</summary>
internal static class ContractPods
{
    internal static V1PodTemplateSpec Template() => new() { Spec = Plain().Spec };

    /// <summary>A pod that asks for nothing, which no restricted namespace takes.</summary>
    internal static V1Pod Plain() => new()
    {
        Metadata = new() { Name = "plain" },
        Spec = new()
        {
            AutomountServiceAccountToken = false,
            RestartPolicy = "Never",
            Containers = [new() { Name = "load", Image = "registry.example.com/load:1" }],
        },
    };

    /// <summary>A pod that every namespace takes.</summary>
    internal static V1Pod Restricted()
    {
        var pod = Plain();
        pod.Metadata.Name = "restricted";
        pod.Spec.SecurityContext = new() { RunAsNonRoot = true, SeccompProfile = new() { Type = "RuntimeDefault" } };
        pod.Spec.Containers[0].SecurityContext =
            new() { AllowPrivilegeEscalation = false, Capabilities = new() { Drop = ["ALL"] } };
        return pod;
    }

    internal static Task EnforceAsync(
        k8s.IKubernetes client, string ns, string profile, CancellationToken cancellationToken) =>
        LabelAsync(client, ns, "enforce", profile, cancellationToken);

    internal static Task LabelAsync(
        k8s.IKubernetes client, string ns, string mode, string profile, CancellationToken cancellationToken) =>
        k8s.CoreV1OperationsExtensions.PatchNamespaceAsync(
            client.CoreV1,
            new k8s.Models.V1Patch(
                $$$"""{"metadata": {"labels": {"pod-security.kubernetes.io/{{{mode}}}": "{{{profile}}}"} } }""",
                k8s.Models.V1Patch.PatchType.MergePatch),
            ns, cancellationToken: cancellationToken);
}
