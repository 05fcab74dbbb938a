using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// The token half of a registry's authentication, over TLS on a free loopback port. Everybody may pull, except from
/// repositories that are private; whoever has the credentials may pull anything and push. As the specification has it,
/// asking for more than one may have is no error: the token says less.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TokenSigner signer;
    private readonly RealRegistryOptions options;
    private readonly ConcurrentQueue<TokenRequest> requests = [];

    private TokenServer(WebApplication app, TokenSigner signer, RealRegistryOptions options) =>
        (this.app, this.signer, this.options) = (app, signer, options);

    /// <summary>The requests so far, oldest first.</summary>
    public IReadOnlyList<TokenRequest> Requests => [.. requests];

    internal Uri Realm => new(new Uri(app.Urls.Single()), "/token");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    internal static async Task<TokenServer> StartAsync(
        X509Certificate2 certificate,
        TokenSigner signer,
        RealRegistryOptions options,
        CancellationToken cancellationToken)
    {
        var app = BareServer.Build(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(certificate)));
        var server = new TokenServer(app, signer, options);
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
        if (request.Method == HttpMethods.Post)
        {
            // containerd and docker try the OAuth2 form first, and this word is how a server without it declines.
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        requests.Enqueue(new TokenRequest(scopes, authorization.Length > 0));
        if (request.Method != HttpMethods.Get || request.Path != "/token")
            throw new InvalidOperationException($"Nobody registered {request.Method} {request.GetDisplayUrl()}.");
        if (authorization.Length > 0 && authorization != RealRegistry.Credentials.Header)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return response.WriteAsync("""{"details":"incorrect username or password"}""", context.RequestAborted);
        }

        var granted = scopes.Select(Scope.Parse)
            .Select(scope => authorization.Length > 0 ? scope : scope.Anonymously(options.IsPrivate));
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

    public Scope Anonymously(Func<string, bool> isPrivate) =>
        this with { Actions = [.. Actions.Where(action => action == "pull" && !isPrivate(Repository))] };
}
