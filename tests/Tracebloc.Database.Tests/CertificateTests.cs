using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

/// <summary>A CA file makes TLS required and verified; without one TLS is used where it is offered.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates");
    private readonly TestCertificates _own = TestCertificates.Create();
    private readonly TestCertificates _other = TestCertificates.Create("Another CA");
    private readonly string _caFile;

    public CertificateTests()
    {
        _caFile = Path.Combine(_folder.FullName, "ca.crt");
        File.WriteAllText(_caFile, _own.AuthorityPem);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_certificate_by_the_given_authority_is_verified()
    {
        await using var server = FakeMySqlServer.Start(_ => null, _own.IssueServer());

        var database = await DatabaseScene.WaitAsync(server, Token, _caFile);

        Assert.Equal(Encryption.Verified, database.Facts.Encryption);
    }

    [Fact]
    public async Task Without_a_CA_file_a_certificate_of_any_authority_is_used_and_not_verified()
    {
        await using var server = FakeMySqlServer.Start(_ => null, _other.IssueServer());

        var database = await DatabaseScene.WaitAsync(server, Token);

        Assert.Equal(Encryption.Unverified, database.Facts.Encryption);
    }

    [Fact]
    public async Task A_certificate_by_another_authority_is_rejected_at_once()
    {
        await using var server = FakeMySqlServer.Start(_ => null, _other.IssueServer());

        var refused = await RefusalAsync(server);

        Assert.Equal(DatabaseFailure.Access, refused.Failure);
        Assert.Contains("signed by an authority that is not trusted here", refused.Message);
        Assert.Contains(_caFile, refused.Message);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_rejected()
    {
        await using var server = FakeMySqlServer.Start(_ => null, _own.IssueServer("mysql.example.com"));

        Assert.Contains("is for another host", (await RefusalAsync(server)).Message);
    }

    [Fact]
    public async Task An_expired_certificate_is_rejected()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var server = FakeMySqlServer.Start(
            _ => null, _own.IssueServer(now.AddDays(-9), now.AddDays(-2), "localhost"));

        Assert.Contains("the server's certificate is valid from", (await RefusalAsync(server)).Message);
    }

    [Fact]
    public async Task A_client_certificate_of_the_authority_makes_no_server()
    {
        await using var server = FakeMySqlServer.Start(_ => null, _own.IssueClient("localhost"));

        Assert.Equal(DatabaseFailure.Access, (await RefusalAsync(server)).Failure);
    }

    [Fact]
    public async Task With_a_CA_file_a_server_without_TLS_gets_no_password()
    {
        await using var server = FakeMySqlServer.Start(_ => null);

        var refused = await RefusalAsync(server);

        Assert.Equal(DatabaseFailure.Access, refused.Failure);
        Assert.Contains("offers no TLS", refused.Message);
        Assert.Empty(server.Statements);
    }

    private async Task<DatabaseException> RefusalAsync(FakeMySqlServer server) =>
        await Assert.ThrowsAsync<DatabaseException>(() => DatabaseScene.WaitAsync(server, Token, _caFile));
}
