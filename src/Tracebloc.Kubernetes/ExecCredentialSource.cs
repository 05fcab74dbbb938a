using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using Tracebloc.Net;

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
            if (_credential is { } credential && _expires - time.GetUtcNow() > Margin) return credential;
            var status = await RunAsync(cancellationToken);
            _expires = Expiry(status.ExpirationTimestamp);
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

    // client-go's credsExpired: what prints Go's zero time means never.
    private static DateTimeOffset Expiry(DateTimeOffset? end) =>
        end is { } given && given != default ? given : DateTimeOffset.MaxValue;

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
            // The output may be a secret, and the parser's message could quote it.
            throw new CredentialException($"{plugin.Command} printed something else than an ExecCredential in JSON");
        }
    }

    private Credential ToCredential(ExecCredentialStatus status)
    {
        var token = status.Token is { Length: > 0 } printed ? printed : null;
        var certificatePem = status.ClientCertificateData is { Length: > 0 } data ? data : null;
        if (token is null && certificatePem is null)
            throw new CredentialException($"{plugin.Command} printed neither a token nor a certificate");
        if (token is not null && !HeaderText.IsToken(token))
            throw new CredentialException(
                $"{plugin.Command} printed what is no token: {HeaderText.NoToken}; run it by hand to see it");
        var header = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return new(header, certificatePem is null
                ? certificate : KubeConfigPem.Combine(certificatePem, status.ClientKeyData ?? ""));
        }
        catch (CryptographicException e)
        {
            throw new CredentialException(
                $"{plugin.Command} printed a certificate and key that do not belong together", e);
        }
    }
}
