namespace Tracebloc.Kubernetes;

/// <summary>
/// A program that prints an <c>ExecCredential</c>, as kubeconfig users describe it. It gets no terminal.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/"/>
public sealed record ExecCredentialPlugin
{
    /// <summary>A name to be found on PATH, or a full path.</summary>
    public required string Command { get; init; }

    /// <summary><c>client.authentication.k8s.io/v1</c> or <c>…/v1beta1</c>; the answer must be of the same.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Arguments of the program.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables added to the environment of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The hint for a missing program.</summary>
    public string? InstallHint { get; init; }

    /// <summary><c>KUBERNETES_EXEC_INFO</c>: JSON, with the cluster in it where the plugin asked for that.</summary>
    public string? ExecInfo { get; init; }

    /// <summary>The longest that the program may take; the deadline of the request includes it.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>The <see cref="Timeout"/> of a plugin that sets none.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Names the program only: arguments and environment may be secret.</summary>
    public override string ToString() => Command;
}
