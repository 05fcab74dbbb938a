using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing;

/// <summary>One client of a <see cref="FakeMySqlServer"/>.</summary>
internal sealed partial class FakeMySqlConnection(FakeMySqlServer server, FakeMySqlOptions options, int number)
{
    // LONG_PASSWORD, LOCAL_FILES, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION; with PLUGIN_AUTH in the upper half.
    private const int Capabilities = 0x0001 | 0x0080 | 0x0200 | 0x2000 | 0x8000;
    private const int PluginAuth = 0x0008;
    private const int Tls = 0x0800;

    public async Task PlayAsync(RawConnection connection)
    {
        var token = connection.Stopping;
        var packets = new MySqlPackets(connection.Stream, token);
        await packets.WriteAsync(Greeting());
        if (await packets.ReadAsync() is not { } answer) return;
        if (options.Certificate is { } certificate && ((answer[1] << 8) & Tls) != 0)
        {
            var secure = new SslStream(connection.Stream);
            try
            {
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            }
            catch (AuthenticationException)
            {
                return; // The client refused the certificate.
            }

            packets = packets.Over(secure);
            if (await packets.ReadAsync() is null) return;
        }

        if (await AnswerAsync(packets, options.Login ?? new FakeSqlReply.Ok(), ""))
            while (await packets.ReadAsync() is { } command && await ServeAsync(packets, command))
            {
            }
    }

    private async Task<bool> ServeAsync(MySqlPackets packets, byte[] command)
    {
        const byte quit = 1, query = 3;
        if (command[0] == quit) return false;
        if (command[0] != query) return await AnswerAsync(packets, new FakeSqlReply.Ok(), "");
        var text = Encoding.UTF8.GetString(command, 1, command.Length - 1);
        server.Statements.Enqueue(text);
        var reply = options.Answer(text) ?? Default(text);
        if (reply is null) server.Unknown.Enqueue(text);
        return await AnswerAsync(
            packets, reply ?? new FakeSqlReply.Error(1064, $"The fake has no answer to: {text}"), text);
    }

    /// <returns>False when the connection ends.</returns>
    private async Task<bool> AnswerAsync(MySqlPackets packets, FakeSqlReply reply, string statement)
    {
        switch (reply)
        {
            case FakeSqlReply.Ok ok:
                await packets.OkAsync(ok.Affected, ok.Warnings);
                return true;
            case FakeSqlReply.Error error:
                await packets.ErrorAsync(error.Number, error.State, error.Text);
                return true;
            case FakeSqlReply.Rows rows:
                await packets.RowsAsync(rows);
                return true;
            case FakeSqlReply.AskForFile file:
                await packets.WriteAsync([0xfb, .. Encoding.UTF8.GetBytes(file.Name ?? FileOf(statement))]);
                return await ReceiveAsync(packets) is { } bytes
                    && await AnswerAsync(packets, file.Then(bytes), statement);
            case FakeSqlReply.CutInStream:
                await packets.WriteAsync([0xfb, .. Encoding.UTF8.GetBytes(FileOf(statement))]);
                await packets.ReadAsync();
                return false;
            default:
                return false;
        }
    }

    private async Task<byte[]?> ReceiveAsync(MySqlPackets packets)
    {
        var file = new List<byte>();
        while (await packets.ReadAsync() is { } part)
        {
            if (part is [])
            {
                server.Files.Enqueue([.. file]);
                return [.. file];
            }

            file.AddRange(part);
        }

        server.Files.Enqueue([.. file]);
        return null;
    }

    private FakeSqlReply? Default(string statement) =>
        Succeeding().IsMatch(statement) ? new FakeSqlReply.Ok()
        : statement.Contains("Ssl_cipher", StringComparison.Ordinal)
            ? FakeSqlReply.Row("Ssl_cipher", options.Certificate is null ? "" : "TLS_AES_256_GCM_SHA384")
        : statement.StartsWith("SELECT VERSION()", StringComparison.Ordinal)
            ? FakeSqlReply.Row(
                options.Version, "fake", options.LocalInfile ? "1" : "0", $"{options.MaxAllowedPacket}")
        : null;

    private byte[] Greeting()
    {
        var low = Capabilities | (options.Certificate is null ? 0 : Tls);
        return
        [
            10, .. Encoding.ASCII.GetBytes(options.Version), 0, (byte)(number + 1), 0, 0, 0,
            .. "abcdefgh"u8, 0, .. MySqlPackets.Two(low), 45, 2, 0, .. MySqlPackets.Two(PluginAuth), 21,
            .. new byte[10], .. "ijklmnopqrst"u8, 0, .. "mysql_native_password"u8, 0,
        ];
    }

    private static string FileOf(string statement) => InFile().Match(statement).Groups[1].Value;

    [GeneratedRegex(@"^(SET|USE|START TRANSACTION|COMMIT|ROLLBACK)\b")]
    private static partial Regex Succeeding();

    [GeneratedRegex(@"INFILE '([^']*)'")]
    private static partial Regex InFile();
}
