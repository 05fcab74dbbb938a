using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// The token half of a registry's authentication, over TLS on a free loopback port. Everybody may pull, except from
/// repositories under <c>private/</c> and <c>contract/</c>; whoever has the credentials may pull anything and push. As
/// the specification has it, asking for more than one may have is no error: the token says less.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TokenSigner signer;
    private readonly ConcurrentQueue<TokenRequest> requests = [];

    private TokenServer(WebApplication app, TokenSigner signer) => (this.app, this.signer) = (app, signer);

    /// <summary>What has been asked so far, oldest first.</summary>
    public IReadOnlyList<TokenRequest> Requests => [.. requests];

    internal Uri Realm => new(new Uri(app.Urls.Single()), "/token");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    internal static async Task<TokenServer> StartAsync(
        X509Certificate2 certificate, TokenSigner signer, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(certificate)));
        var server = new TokenServer(builder.Build(), signer);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(cancellationToken);
        return server;
    }

    private Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        // docker sends one scope parameter per repository, others join them with spaces.
        var scopes = request.Query["scope"].SelectMany(scope => (scope ?? "").Split(' ')).ToArray();
        var authorization = request.Headers.Authorization.ToString();
        requests.Enqueue(new TokenRequest(scopes, authorization.Length > 0));
        if (request.Method != HttpMethods.Get || request.Path != "/token")
            throw new InvalidOperationException($"Nobody registered {request.Method} {request.GetDisplayUrl()}.");
        if (authorization.Length > 0 && authorization != RealRegistry.Credentials.Header)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return response.WriteAsync("""{"details":"incorrect username or password"}""", context.RequestAborted);
        }

        var granted = scopes.Select(scope => Scope.Parse(scope).For(known: authorization.Length > 0));
        response.ContentType = "application/json";
        return response.WriteAsync(signer.Issue([.. granted]), Encoding.UTF8, context.RequestAborted);
    }
}

/// <param name="Scopes">One entry per scope asked for, however they were joined.</param>
/// <param name="Authenticated">Whether credentials came along.</param>
public sealed record TokenRequest(IReadOnlyList<string> Scopes, bool Authenticated);

internal sealed record Scope(string Repository, IReadOnlyList<string> Actions)
{
    /// <summary>From both ends, because the name in the middle may hold a host and port.</summary>
    public static Scope Parse(string scope)
    {
        var (first, last) = (scope.IndexOf(':'), scope.LastIndexOf(':'));
        if (last <= first || scope[..first] != "repository")
            throw new FormatException($"'{scope}' is not repository:<name>:<actions>.");
        return new Scope(scope[(first + 1)..last], scope[(last + 1)..].Split(','));
    }

    // The contract asks for a registry where nothing may be pulled without credentials.
    private bool IsPrivate => Repository.Split('/')[0] is "private" or "contract";

    public Scope For(bool known) =>
        known ? this
        : IsPrivate ? this with { Actions = [] }
        : this with { Actions = [.. Actions.Where(action => action == "pull")] };
}
