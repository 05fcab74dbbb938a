using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Backend;

/// <summary>
/// The calls of the central backend, each of which may be repeated: ids are the backend's keys, so a request whose
/// answer was lost is sent again, and 409 then means that it arrived.
/// </summary>
/// <param name="connection">Sends single requests.</param>
/// <param name="token">The token of the run.</param>
/// <param name="pauses">The longest pause, and numbers from 0 up to 1.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="logger">Receives a line for each repetition.</param>
internal sealed partial class BackendClient(
    BackendConnection connection, string token, RetryPauses pauses, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>The most attempts of a call.</summary>
    public const int Attempts = 5;

    private static readonly CentralCall[] WithResult = [CentralCall.Login, CentralCall.Dataset];

    private readonly List<string> _tokens = [token];

    /// <summary>Sends rows.</summary>
    /// <param name="batch">From <see cref="CentralReport.Batch"/>.</param>
    /// <param name="mayHaveArrived">True where an earlier attempt of the run may have sent it.</param>
    /// <param name="cancelled">Ends the call.</param>
    /// <exception cref="IngestorException">The backend rejected it, or does not answer.</exception>
    public Task SendBatchAsync(CentralRequest batch, bool mayHaveArrived, CancellationToken cancelled) =>
        SendAsync(batch, mayHaveArrived, cancelled);

    /// <summary>Makes one of the calls after the batches; 409 means that it was made before.</summary>
    /// <exception cref="IngestorException">The backend rejected it, or does not answer.</exception>
    public Task RegisterAsync(CentralRequest call, CancellationToken cancelled) =>
        SendAsync(call, mayHaveArrived: true, cancelled);

    public void Dispose() => connection.Dispose();

    private async Task<BackendAnswer> SendAsync(
        CentralRequest request, bool mayHaveArrived, CancellationToken cancelled)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await connection.SendAsync(request, _tokens[^1], cancelled);
            if (answer.IsAccepted || (answer.IsThere && mayHaveArrived)) return Checked(request, answer);
            if (answer.IsUnauthorized && _tokens.Count == 1 && request.Call != CentralCall.Login)
            {
                // Once in a run: a backend that refuses the new token too refuses the run.
                await RenewAsync(cancelled);
                continue;
            }

            if (!answer.IsTransient || attempt >= Attempts) throw Fault(request, answer);
            // 502 and 504 come from proxies, which do not know what the backend did.
            mayHaveArrived |= answer.MayHaveArrived || answer.Status is 500 or 502 or 504;
            var pause = answer.RetryAfter ?? pauses.After(attempt);
            LogRepeating(logger, request.ToString(), Words(answer), Math.Round(pause.TotalSeconds, 1), attempt + 1);
            await Task.Delay(pause, time, cancelled);
        }
    }

    private async Task RenewAsync(CancellationToken cancelled)
    {
        var answer = await SendAsync(CentralReport.Login, mayHaveArrived: false, cancelled);
        if (answer.Member("token") is not { } renewed || !HeaderText.IsToken(renewed))
            throw new IngestorException(
                IngestorExit.Failed,
                $"Backend {CentralReport.Login} failed: its answer has no token; start the run again");
        _tokens.Add(renewed);
    }

    private BackendAnswer Checked(CentralRequest request, BackendAnswer answer) =>
        answer.IsThere || !WithResult.Contains(request.Call) || answer.IsJson
            ? answer
            : throw Fault(request, answer with { Text = $"its answer is no JSON: {answer.Text}" });

    private IngestorException Fault(CentralRequest request, BackendAnswer answer) =>
        new(IngestorExit.Failed, $"Backend {request} failed: {Words(answer)}") { IsFinal = answer.IsRejection };

    // A backend may repeat what it was sent.
    private string Words(BackendAnswer answer)
    {
        var text = _tokens.Aggregate(
            answer.Text, (text, secret) => text.Replace(secret, "(secret)", StringComparison.Ordinal));
        // Shortened afterwards: the start of a token is a part of a secret, too.
        return (answer with { Text = text }).ToString();
    }

    [LoggerMessage(
        630, LogLevel.Warning, "Backend {Request} failed: {Reason}; attempt {Attempt} of 5 follows in {Seconds} s")]
    private static partial void LogRepeating(
        ILogger logger, string request, string reason, double seconds, int attempt);
}
