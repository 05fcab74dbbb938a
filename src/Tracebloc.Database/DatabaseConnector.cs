using System.Globalization;
using System.Net.Sockets;
using MySqlConnector;
using Tracebloc.Net;

namespace Tracebloc.Database;

/// <summary>Opens connections to one server, each with the settings that all code here relies on.</summary>
internal sealed class DatabaseConnector
{
    private const string Common =
        "SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', "
        + "time_zone='+00:00', innodb_lock_wait_timeout=20, net_read_timeout=600, net_write_timeout=600";

    private readonly ServerTrust? _trust;
    private readonly TimeProvider _time;

    /// <exception cref="CertificateFileException">The CA file cannot be read, or holds no certificate.</exception>
    public DatabaseConnector(DatabaseOptions options, TimeProvider time)
    {
        (Options, _time) = (options, time);
        _trust = options.CaFile is { } file ? ServerTrust.OnlyOf(file, options.Host) : null;
    }

    public DatabaseOptions Options { get; }

    /// <summary>True where the server's certificate is verified.</summary>
    public bool Verifies => _trust is not null;

    /// <exception cref="DatabaseException">The server did not answer, or rejected the account.</exception>
    public async Task<MySqlConnection> OpenAsync(SessionUse use, CancellationToken token)
    {
        var connection = new MySqlConnection(TextFor(use));
        if (_trust is not null)
            connection.RemoteCertificateValidationCallback = _trust.Accepts;
        try
        {
            await connection.OpenAsync(token);
            await using var command = new MySqlCommand(SettingsOf(use), connection);
            await command.ExecuteNonQueryAsync(token);
            return connection;
        }
        catch (Exception failed) when (DatabaseErrors.IsExpected(failed))
        {
            await connection.DisposeAsync();
            token.ThrowIfCancellationRequested();
            throw DatabaseErrors.OfConnecting(
                await CauseAsync(failed, token), Options, _trust?.TakeRefusal(Options.Host));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string SettingsOf(SessionUse use) => use switch
    {
        SessionUse.Locking => $"{Common}, wait_timeout=60",
        SessionUse.Sharing => $"{Common}; SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        _ => Common,
    };

    // The driver keeps the reason of a failed TCP connection to itself: refused, timed out, or no such host.
    private async Task<Exception> CauseAsync(Exception failed, CancellationToken token)
    {
        if (failed is not MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, InnerException: null })
            return failed;
        using var probe = new TcpClient();
        using var deadline = new Deadline(Options.ConnectTimeout, _time, token);
        try
        {
            await probe.ConnectAsync(Options.Host, Options.Port, deadline.Token);
            return failed;
        }
        catch (SocketException unreachable)
        {
            return unreachable;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new IOException("connection timed out");
        }
    }

    // With VerifyCA or VerifyFull the driver would open any file that the server names in answer to any statement: it
    // takes a verified host for a trusted one. With Required, and a callback that verifies, it opens none.
    private string TextFor(SessionUse use) => new MySqlConnectionStringBuilder
    {
        Server = Options.Host,
        Port = (uint)Options.Port,
        UserID = Options.User,
        Password = Options.Password,
        SslMode = Verifies ? MySqlSslMode.Required : MySqlSslMode.Preferred,
        AllowLoadLocalInfile = use == SessionUse.Loading,
        AllowPublicKeyRetrieval = false,
        Pooling = false,
        GuidFormat = MySqlGuidFormat.None, // Values are what the server sends, by no guess of their meaning.
        TreatTinyAsBoolean = false,
        CharacterSet = "utf8mb4",
        ConnectionTimeout = (uint)Math.Ceiling(Options.ConnectTimeout.TotalSeconds),
        DefaultCommandTimeout = 60,
        IgnoreCommandTransaction = true,
        AutoEnlist = false,
        Keepalive = 30,
        ApplicationName = string.Create(CultureInfo.InvariantCulture, $"tracebloc-{use}").ToLowerInvariant(),
    }.ConnectionString;
}
