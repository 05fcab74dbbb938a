using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// The client's own token at the backend. One login is under way at a time, and all calls that need it wait for that
/// one. A failure holds for a while, so that many runs do not try a wrong password many times.
/// </summary>
internal sealed partial class BackendLogin(
    BackendSender sender, ForwardSettings settings, Deadlines deadlines, TimeProvider time, ILogger logger)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The time for which rejected credentials are not tried again.</summary>
    public static readonly TimeSpan Rejected = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private Task<(LoginResult Result, long At)>? _last;

    /// <summary>The token, by a login where there is none yet or the backend has refused it.</summary>
    /// <param name="refused">The token that the backend has just refused; null: none.</param>
    /// <param name="token">Ends the wait, and not the login.</param>
    public async Task<LoginResult> TokenAsync(string? refused, CancellationToken token)
    {
        Task<(LoginResult Result, long At)> login;
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && !IsGood(_last, refused)))
                _last = Task.Run(() => LoginAsync(CancellationToken.None), CancellationToken.None);
            login = _last;
        }

        var (result, _) = await login.WaitAsync(token);
        return result.Token is { } found && found.Reveal() == refused
            ? LoginResult.Failed("the backend refuses the token that it has just issued; see its own log", result.Holds)
            : result;
    }

    private bool IsGood(Task<(LoginResult Result, long At)> login, string? refused) => login.IsCompletedSuccessfully
        && login.Result is var (result, at)
        && ((result.Token is { } found && found.Reveal() != refused) || time.GetElapsedTime(at) < result.Holds);

    private async Task<(LoginResult Result, long At)> LoginAsync(CancellationToken token)
    {
        using var deadline = new Deadline(deadlines.BackendLogin, time, token);
        var (result, at) = (await AskAsync(deadline.Token), time.GetTimestamp());
        if (result.Refusal is null) LogDone(logger);
        else LogFailed(logger, result.Refusal.Words);
        return (result, at);
    }

    private async Task<LoginResult> AskAsync(CancellationToken token)
    {
        try
        {
            using var request = sender.Request(HttpMethod.Post, CentralCall.Login.Path);
            request.Content = new ReadOnlyMemoryContent(Credentials());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            HeaderText.Add(request.Headers, "User-Agent", "tracebloc-jobs-manager");
            using var reply = await sender.SendAsync(request, token);
            return reply.Response is { } response
                ? await ResultOfAsync(response, token)
                : LoginResult.Failed($"login at the backend failed: {reply.Reason}", deadlines.RetryAfter);
        }
        catch (OperationCanceledException)
        {
            return LoginResult.Failed(
                $"login at the backend failed: no answer within {deadlines.BackendLogin.TotalSeconds:0} s",
                deadlines.RetryAfter);
        }
        catch (IOException fault)
        {
            return LoginResult.Failed($"login at the backend failed: {fault.Message}", deadlines.RetryAfter);
        }
    }

    // The answer may repeat the password, so no message has a part of it.
    private async Task<LoginResult> ResultOfAsync(HttpResponseMessage response, CancellationToken token)
    {
        var status = (int)response.StatusCode;
        if (status is 400 or 401 or 403)
            return LoginResult.Failed(
                $"the backend rejects CLIENT_ID and CLIENT_PASSWORD ({status}); correct the Secret and restart "
                    + "requests-proxy",
                Rejected);
        if (status is < 200 or >= 300)
            return LoginResult.Failed($"login at the backend failed: status {status}", deadlines.RetryAfter);
        return await BoundedBody.ReadAsync(response.Content, MostBytes, token) is { } body && TokenOf(body) is { } found
            ? LoginResult.Of(found, deadlines.RetryAfter)
            : LoginResult.Failed(
                "login at the backend failed: its answer has no token; check BACKEND_URL", deadlines.RetryAfter);
    }

    private static string? TokenOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String
                && token.GetString() is { Length: > 0 } text && HeaderText.IsToken(text)
                ? text
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Credentials()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("username", settings.ClientId);
            writer.WriteString("password", settings.ClientPassword.Reveal());
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    [LoggerMessage(740, LogLevel.Information, "Login at the backend succeeded")]
    private static partial void LogDone(ILogger logger);

    [LoggerMessage(741, LogLevel.Error, "Calls of runs are refused: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
