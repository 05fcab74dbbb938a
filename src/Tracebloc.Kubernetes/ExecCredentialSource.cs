using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>Runs a plugin and keeps what it printed until that expires or is refused.</summary>
internal sealed class ExecCredentialSource(
    ExecCredentialPlugin plugin, SslStreamCertificateContext? certificate, TimeProvider time) : CredentialSource
{
    // A credential that is about to expire may have done so when it arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Credential? _credential;
    private DateTimeOffset _expires;

    internal override string Description => $"the credential of {plugin.Command}";

    internal override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_credential is { } credential && time.GetUtcNow() < _expires) return credential;
            var status = await RunAsync(cancellationToken);
            _expires = status.ExpirationTimestamp is { } end ? end - Margin : DateTimeOffset.MaxValue;
            return _credential = ToCredential(status);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    internal override void Reject(Credential credential) =>
        Interlocked.CompareExchange(ref _credential, null, credential);

    public override void Dispose()
    {
        base.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<ExecCredentialStatus> RunAsync(CancellationToken cancellationToken)
    {
        var output = await ExecCredentialProcess.RunAsync(plugin, time, cancellationToken);
        try
        {
            var answer = JsonSerializer.Deserialize(output, KubernetesJson.Default.ExecCredential);
            if (answer is not { Kind: "ExecCredential", Status: { } status })
                throw new CredentialException($"{plugin.Command} printed no ExecCredential with a status");
            return answer.ApiVersion == plugin.ApiVersion ? status : throw new CredentialException(
                $"{plugin.Command} printed an ExecCredential of another version than {plugin.ApiVersion}");
        }
        catch (JsonException)
        {
            // What it printed may be a secret, and the parser's message could quote it.
            throw new CredentialException($"{plugin.Command} printed something else than an ExecCredential in JSON");
        }
    }

    private Credential ToCredential(ExecCredentialStatus status)
    {
        if (status is { Token: null, ClientCertificateData: null })
            throw new CredentialException($"{plugin.Command} printed neither a token nor a certificate");
        var header = status.Token is null ? null : new AuthenticationHeaderValue("Bearer", status.Token);
        try
        {
            return new(header, status.ClientCertificateData is { } pem
                ? KubeConfigPem.Combine(pem, status.ClientKeyData ?? "") : certificate);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CredentialException(
                $"{plugin.Command} printed a certificate and key that do not belong together", e);
        }
    }
}
