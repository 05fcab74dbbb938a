using Microsoft.Extensions.Logging;
using Tracebloc.Net;

namespace Tracebloc.Database;

/// <summary>A server that has answered once.</summary>
public sealed partial class DatabaseServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DatabaseConnector _connector;

    private DatabaseServer(DatabaseConnector connector, ServerFacts facts, TimeProvider time) =>
        (_connector, Facts, Time) = (connector, facts, time);

    /// <summary>Its version and settings, as read when it answered.</summary>
    public ServerFacts Facts { get; }

    /// <summary>Its address and the account there.</summary>
    public DatabaseOptions Options => _connector.Options;

    internal TimeProvider Time { get; }

    /// <summary>Connects, once a second, until the server answers.</summary>
    /// <param name="options">The server.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives a line for the first attempt that fails; null for none.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="DatabaseException">
    /// <see cref="DatabaseFailure.Connection"/> when the time is up; <see cref="DatabaseFailure.Access"/>, at once,
    /// when the account or the certificate is rejected.
    /// </exception>
    /// <exception cref="CertificateFileException">The CA file cannot be read, or holds no certificate.</exception>
    public static async Task<DatabaseServer> WaitAsync(
        DatabaseOptions options, TimeSpan limit, TimeProvider time, ILogger? logger, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var connector = new DatabaseConnector(options, time);
        using var deadline = new Deadline(limit, time, token);
        DatabaseException? last = null;
        while (true)
        {
            try
            {
                return new DatabaseServer(connector, await AskAsync(connector, deadline.Token), time);
            }
            catch (DatabaseException absent) when (absent.Failure == DatabaseFailure.Connection)
            {
                if (last is null && logger is not null) LogWaiting(logger, absent.Message, (int)limit.TotalSeconds);
                last = absent;
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                throw Unanswered(options, limit, last);
            }

            if (deadline.Remaining <= Pause)
                throw Unanswered(options, limit, last);
            await Task.Delay(Pause, time, token);
        }
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DatabaseException">The server did not answer, or rejected the account.</exception>
    public Task<DatabaseSession> OpenAsync(SessionUse use, CancellationToken token) =>
        DatabaseSession.OpenAsync(_connector, use, token);

    private static async Task<ServerFacts> AskAsync(DatabaseConnector connector, CancellationToken token)
    {
        await using var session = await DatabaseSession.OpenAsync(connector, SessionUse.Control, token);
        return await ServerFacts.ReadAsync(session, connector.Verifies, token);
    }

    private static DatabaseException Unanswered(DatabaseOptions options, TimeSpan limit, DatabaseException? last)
    {
        var prefix = $"Database {options.Address} did not answer: ";
        var cause = last?.Message is { } text && text.StartsWith(prefix, StringComparison.Ordinal)
            ? text[prefix.Length..] : last?.Message ?? "no connection was made";
        return new DatabaseException(
            DatabaseFailure.Connection,
            $"Database {options.Address} did not answer within {limit.TotalSeconds:0} s: {cause}; "
            + "check the service and its network policy",
            last)
        {
            Number = last?.Number ?? 0,
        };
    }

    [LoggerMessage(600, LogLevel.Information, "{Cause}; waiting up to {Seconds} s")]
    private static partial void LogWaiting(ILogger logger, string cause, int seconds);
}
