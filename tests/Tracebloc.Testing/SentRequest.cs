using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Tracebloc.Testing;

/// <summary>A request as a client sent it, to look for secrets in it.</summary>
/// <param name="Authorization">The header in which a server gets the secret that is its own; empty without it.</param>
/// <param name="Rest">Method, address, the other headers and the body.</param>
public sealed record SentRequest(string Authorization, string Rest)
{
    internal static SentRequest Of(HttpRequest request, byte[] body)
    {
        var headers = request.Headers
            .Where(header => header.Key != "Authorization")
            .Select(header => $"{header.Key}: {header.Value}");
        IEnumerable<string> lines =
            [$"{request.Method} {request.GetEncodedUrl()}", .. headers, Encoding.UTF8.GetString(body)];
        return new($"{request.Headers.Authorization}", string.Join('\n', lines));
    }
}
