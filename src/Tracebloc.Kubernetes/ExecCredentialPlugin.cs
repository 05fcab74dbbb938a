namespace Tracebloc.Kubernetes;

/// <summary>A program that prints an <c>ExecCredential</c>, as kubeconfig users describe it.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins"/>
public sealed record ExecCredentialPlugin
{
    /// <summary>A name on PATH, or a path.</summary>
    public required string Command { get; init; }

    /// <summary><c>client.authentication.k8s.io/v1</c> or <c>…/v1beta1</c>; the answer must be of the same.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Arguments of the program.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables added to the environment of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What to tell when the program is not there.</summary>
    public string? InstallHint { get; init; }

    /// <summary>The program may ask on the terminal (<c>interactiveMode</c> other than <c>Never</c>).</summary>
    public bool MayInteract { get; init; }

    /// <summary>The program cannot do without a terminal (<c>interactiveMode: Always</c>).</summary>
    public bool MustInteract { get; init; }

    /// <summary><c>KUBERNETES_EXEC_INFO</c>, where the plugin asked to be told about the cluster.</summary>
    public string? ExecInfo { get; init; }

    /// <summary>How long the program may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names the program only: arguments and environment may be secret.</summary>
    public override string ToString() => Command;
}
