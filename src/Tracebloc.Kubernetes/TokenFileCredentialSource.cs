using System.Net.Http.Headers;
using System.Net.Security;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Reads the token anew for each request. The kubelet swaps a symbolic link above the file, which leaves the file's own
/// time alone, and reading a kilobyte from memory costs less than finding out.
/// </summary>
internal sealed class TokenFileCredentialSource(string path, SslStreamCertificateContext? certificate)
    : CredentialSource
{
    private Credential? _last;

    internal override string Description => $"the token in {path}";

    internal override ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        var token = Read();
        var credential = _last;
        if (credential?.Header?.Parameter != token)
            _last = credential = new Credential(new AuthenticationHeaderValue("Bearer", token), certificate);
        return new(credential);
    }

    private string Read()
    {
        string token;
        try
        {
            token = File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"cannot read {Description}: {Line.Of(e.Message)}", e);
        }

        if (token.Length == 0) throw new CredentialException($"{path} is empty: a token is wanted there");
        return HeaderText.IsToken(token) ? token : throw new CredentialException(
            $"{path} holds no token: {HeaderText.NoToken}; write the token alone there");
    }
}
