using System.Net.Sockets;
using MySqlConnector;
using Tracebloc.Net;

namespace Tracebloc.Database;

/// <summary>Makes the driver's exceptions into this library's.</summary>
internal static class DatabaseErrors
{
    private const int LongestServerMessage = 1024;

    // Deadlock and lock wait timeout; Galera reports a certification conflict as a deadlock.
    private static readonly int[] Conflicts = [1213, 1205];

    // Too many connections, shutdown, host unreachable, gone away, lost; 1927 is MariaDB's "connection was killed".
    private static readonly int[] Lost = [1040, 1042, 1043, 1053, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013];

    // Host not allowed, denied for the database, denied for the account, plugin, account locked, password expired.
    private static readonly int[] Denied = [1130, 1044, 1045, 1251, 1275, 1698, 1820, 1862, 3118, 3159, 4151];

    /// <summary>The failure of a statement.</summary>
    public static DatabaseException Of(Exception failed, string address)
    {
        var (number, text) = Read(failed);
        var failure = KindOf(failed, number);
        var cause = failure == DatabaseFailure.Connection
            ? $"lost its connection: {CauseOf(failed)}" : $"reports {text}";
        return new DatabaseException(
            failure, $"Database {address} {cause}{(number > 0 ? $" (error {number})" : "")}", failed)
        {
            Number = number,
            ServerMessage = number > 0 ? text : "",
        };
    }

    /// <summary>The failure of a connection attempt.</summary>
    /// <param name="failed">The driver's exception.</param>
    /// <param name="options">The server.</param>
    /// <param name="refusal">The reason to reject its certificate; null when none was rejected.</param>
    public static DatabaseException OfConnecting(Exception failed, DatabaseOptions options, string? refusal)
    {
        if (refusal is not null)
            return new DatabaseException(
                DatabaseFailure.Access, $"Database {options.Address}: {refusal} (CA file {options.CaFile})", failed);
        var (number, text) = Read(failed);
        if (options.CaFile is not null && IsWithoutTls(failed))
            return new DatabaseException(
                DatabaseFailure.Access,
                $"Database {options.Address} offers no TLS, which the CA file {options.CaFile} makes necessary; "
                + "set up the server's certificate, or name no CA file",
                failed);
        if (text.Contains("AllowPublicKeyRetrieval", StringComparison.Ordinal))
            return new DatabaseException(
                DatabaseFailure.Access,
                $"Database {options.Address} needs TLS to take the password of {options.User}; set up the server's "
                + "certificate",
                failed);
        var failure = KindOf(failed, number) == DatabaseFailure.Connection
            ? DatabaseFailure.Connection : DatabaseFailure.Access;
        return new DatabaseException(
            failure,
            failure == DatabaseFailure.Connection
                ? $"Database {options.Address} did not answer: {CauseOf(failed)}"
                : $"Database {options.Address} rejected {options.User}: {text} (error {number}); "
                    + "check account, password and grants",
            failed)
        {
            Number = number,
            ServerMessage = text,
        };
    }

    /// <summary>True for what the driver throws when a statement, a connection or a stream fails.</summary>
    public static bool IsExpected(Exception thrown) =>
        thrown is MySqlException or IOException or SocketException or NotSupportedException
            or InvalidOperationException or ObjectDisposedException;

    private static (int Number, string Text) Read(Exception failed) => failed is MySqlException sql
        ? (Math.Max(sql.Number, 0), Line.Of(sql.Message, LongestServerMessage))
        : (0, Line.Of(failed.Message, LongestServerMessage));

    private static DatabaseFailure KindOf(Exception failed, int number) =>
        Conflicts.Contains(number) ? DatabaseFailure.Conflict
        : Denied.Contains(number) ? DatabaseFailure.Access
        : Lost.Contains(number) || (number == 0 && !IsOwnRefusal(failed)) ? DatabaseFailure.Connection
        : DatabaseFailure.Statement;

    // The driver refuses to open files that a server asks for; the connection itself is intact.
    private static bool IsOwnRefusal(Exception failed) =>
        failed is NotSupportedException || failed.InnerException is NotSupportedException;

    private static bool IsWithoutTls(Exception failed) =>
        failed.Message.Contains("SSL", StringComparison.Ordinal)
        && failed.Message.Contains("not support", StringComparison.OrdinalIgnoreCase);

    private static string CauseOf(Exception failed)
    {
        var cause = failed;
        while (cause.InnerException is { } inner)
            cause = inner;
        return Line.Of(cause.Message.TrimEnd('.'), LongestServerMessage);
    }
}
