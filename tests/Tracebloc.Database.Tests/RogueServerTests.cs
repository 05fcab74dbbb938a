using System.Text;
using MySqlConnector;
using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

/// <summary>A server may ask for a file in answer to anything. Only the stream of the statement is ever sent.</summary>
public sealed class RogueServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rogue");
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly string _secret;
    private readonly string _caFile;

    public RogueServerTests()
    {
        _secret = Path.Combine(_folder.FullName, "secret");
        _caFile = Path.Combine(_folder.FullName, "ca.crt");
        File.WriteAllText(_secret, "a secret of this machine");
        File.WriteAllText(_caFile, _certificates.AuthorityPem);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_is_sent_as_it_is(bool isSecure)
    {
        await using var server = Start(isSecure, statement => statement.StartsWith("LOAD", StringComparison.Ordinal)
            ? new FakeSqlReply.AskForFile(null, _ => new FakeSqlReply.Ok(2)) : null);

        Assert.Equal(2, await LoadAsync(server, isSecure));
        Assert.Equal("1\ta\n2\tb\n", Encoding.UTF8.GetString(Assert.Single(server.Files)));
        Assert.Empty(server.Unknown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_file_is_not_sent_in_answer_to_a_load(bool isSecure)
    {
        await using var server = Start(isSecure, statement => statement.StartsWith("LOAD", StringComparison.Ordinal)
            ? new FakeSqlReply.AskForFile(_secret, _ => new FakeSqlReply.Ok(2)) : null);

        await Assert.ThrowsAnyAsync<Exception>(() => LoadAsync(server, isSecure));

        Assert.All(server.Files, Assert.Empty);
    }

    [Theory]
    [InlineData(false, SessionUse.Loading)]
    [InlineData(true, SessionUse.Loading)]
    [InlineData(true, SessionUse.Control)]
    public async Task A_file_is_not_sent_in_answer_to_a_query(bool isSecure, SessionUse use)
    {
        await using var server = Start(isSecure, statement => statement == "SELECT 1"
            ? new FakeSqlReply.AskForFile(_secret, _ => FakeSqlReply.Row("1")) : null);
        var database = await DatabaseScene.WaitAsync(server, Token, isSecure ? _caFile : null);
        await using var session = await database.OpenAsync(use, Token);

        await Assert.ThrowsAsync<DatabaseException>(
            () => session.FindAsync(new SqlStatement("SELECT 1"), row => row.Number(0), Token));

        Assert.All(server.Files, Assert.Empty);
    }

    [Fact]
    public async Task A_file_is_not_sent_in_answer_to_the_password()
    {
        await using var server = FakeMySqlServer.Start(new FakeMySqlOptions
        {
            Login = new FakeSqlReply.AskForFile(_secret, _ => new FakeSqlReply.Ok()),
        });
        var options = DatabaseScene.OptionsFor(server) with { ConnectTimeout = TimeSpan.FromSeconds(5) };

        await Assert.ThrowsAsync<DatabaseException>(() => DatabaseServer.WaitAsync(
            options, TimeSpan.Zero, TimeProvider.System, null, Token));

        Assert.All(server.Files, Assert.Empty);
    }

    private FakeMySqlServer Start(bool isSecure, Func<string, FakeSqlReply?> answer) =>
        FakeMySqlServer.Start(answer, isSecure ? _certificates.IssueServer() : null);

    private async Task<long> LoadAsync(FakeMySqlServer server, bool isSecure)
    {
        var database = await DatabaseScene.WaitAsync(server, Token, isSecure ? _caFile : null);
        Assert.Equal(isSecure ? Encryption.Verified : Encryption.None, database.Facts.Encryption);
        await using var session = await database.OpenAsync(SessionUse.Loading, Token);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("1\ta\n2\tb\n"));
        return await new MySqlBulkLoader(session.Connection)
        {
            Local = true,
            TableName = "`t`",
            SourceStream = stream,
        }.LoadAsync(Token);
    }
}
