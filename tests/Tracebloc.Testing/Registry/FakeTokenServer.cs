using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Registry;

/// <summary>Issues opaque tokens by the distribution token protocol, by GET and by OAuth2 POST.</summary>
public sealed class FakeTokenServer
{
    public const string Service = "fake-registry";

    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _tokens = [];
    private readonly FakeRegistryOptions _options;
    private int _issued;

    internal FakeTokenServer(FakeRegistryOptions options) => _options = options;

    /// <summary>Where challenges send clients.</summary>
    public Uri Realm { get; internal set; } = new("http://127.0.0.1/token");

    public IReadOnlyList<FakeRequest> Requests =>
        [.. Listener?.Requests.Where(request => request.Path == Realm.AbsolutePath) ?? []];

    internal FakeListener? Listener { get; set; }

    /// <summary>Scripted answers to token requests, before any check.</summary>
    public void Next(FakeReply reply, int times = 1) => When(_ => true, reply, times);

    public void When(Func<FakeRequest, bool> matches, FakeReply reply, int times = int.MaxValue) =>
        When(matches, _ => reply, times);

    public void When(Func<FakeRequest, bool> matches, Func<FakeRequest, FakeReply> reply, int times = int.MaxValue) =>
        Listener!.Add(new FakeRule(asked => asked.Path == Realm.AbsolutePath && matches(asked), reply, times));

    /// <summary>Forgets every token: the registry answers them with 401 and <c>invalid_token</c>.</summary>
    public void Revoke() => _tokens.Clear();

    /// <summary>Forgets what was logged so far.</summary>
    public void Clear() => Listener?.Clear();

    internal bool Knows(string token) => _tokens.ContainsKey(token);

    internal bool Allows(string token, string repository, bool writes = false) =>
        _tokens.TryGetValue(token, out var names) && names.Contains(writes ? WriteKey(repository) : repository);

    /// <summary>A token that is good for these repositories without having been asked for.</summary>
    public string Issue(params IEnumerable<string> repositories)
    {
        var number = Interlocked.Increment(ref _issued).ToString(CultureInfo.InvariantCulture);
        var token = $"token-{number}-{Guid.NewGuid():N}";
        _tokens[token] = repositories.ToHashSet();
        return token;
    }

    internal Task ServeAsync(HttpContext context, FakeRequest request)
    {
        if (request.Method == "POST" && !_options.TakesOAuth2)
            return FakeReply.Of(405).SendAsync(context);
        if (Ask(context, request) != Service)
            return FakeReply.Of(400, Error("NAME_UNKNOWN")).SendAsync(context);
        var (known, user) = request.Method == "POST" ? FromForm(request) : FromHeader(request);
        if (!known)
            return FakeReply.Of(401, Error("UNAUTHORIZED")).SendAsync(context);
        var scopes = _options.Uploads is { HonoursLastScope: true } ? request.Scopes.TakeLast(1) : request.Scopes;
        var granted = scopes.Select(RepositoryOf).Where(name => _options.CanPull(user, name))
            .Concat(scopes.Where(scope => scope.EndsWith("push", StringComparison.Ordinal)).Select(RepositoryOf)
                .Where(name => _options.Uploads?.CanPush(user, name) ?? false).Select(WriteKey));
        var reply = new JsonObject { ["token"] = Issue(granted) };
        if (_options.ExpiresIn is { } seconds)
            reply["expires_in"] = seconds;
        return FakeReply.Of(200, reply.ToJsonString()).SendAsync(context);
    }

    /// <summary>The user behind Basic credentials; unknown ones are refused, none at all is anonymous.</summary>
    internal (bool Known, string? User) FromHeader(FakeRequest request)
    {
        if (request.AuthKind != "Basic")
            return (true, null);
        var sent = Convert.FromBase64String(request.Authorization!["Basic ".Length..]);
        var pair = Encoding.UTF8.GetString(sent).Split(':', 2);
        return (IsPassword(pair[0], pair[1]), pair[0]);
    }

    private static string? Ask(HttpContext context, FakeRequest request) =>
        request.Method == "POST"
            ? request.Form.GetValueOrDefault("service")
            : context.Request.Query["service"].ToString();

    private static string Error(string code) => $"{{\"errors\":[{{\"code\":\"{code}\"}}]}}";

    private static string WriteKey(string repository) => repository + ":push";

    private static string RepositoryOf(string scope) => scope[(scope.IndexOf(':') + 1)..scope.LastIndexOf(':')];

    private (bool Known, string? User) FromForm(FakeRequest request)
    {
        var form = request.Form;
        if (form.GetValueOrDefault("grant_type") == "password")
            return (IsPassword(form["username"], form["password"]), form["username"]);
        var user = _options.Users.FirstOrDefault(pair => pair.Value == form.GetValueOrDefault("refresh_token")).Key;
        return (user is not null, user);
    }

    private bool IsPassword(string user, string password) =>
        _options.Users.TryGetValue(user, out var expected) && expected == password;
}
