using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Registry;

internal static class FakeRequestReader
{
    public static async Task<FakeRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType
            ? (await request.ReadFormAsync(context.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString())
            : [];
        var asked = form.TryGetValue("scope", out var posted)
            ? posted.Split(' ')
            : request.Query["scope"].SelectMany(scope => scope!.Split(' '));
        return new FakeRequest
        {
            Method = request.Method,
            Path = request.Path.Value ?? "",
            Query = request.QueryString.Value ?? "",
            Protocol = request.Protocol,
            ConnectionId = context.Connection.Id,
            Headers = request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = request.HasJsonContentType() ? await BodyAsync(context) : "",
            Form = form,
            Scopes = [.. asked],
        };
    }

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }
}
