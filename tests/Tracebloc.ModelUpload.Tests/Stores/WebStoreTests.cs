using System.Text;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.ModelUpload.Tests.Stores;

public sealed class WebStoreTests
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello");

    [Fact]
    public async Task A_token_stays_with_the_origin_that_it_is_for()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var other = await FakeFileServer.StartAsync(null, refusesTokens: true, cancelled);
        await using var server = await FakeFileServer.StartAsync(cancelled);
        other.Files["/b"] = new FakeFile(Hello);
        server.Fail(
            new FakeTransfer { Instead = FakeReply.Redirect(307, "/second") },
            new FakeTransfer { Instead = FakeReply.Redirect(302, $"{other.Address}b?Signature=s") });
        using var store = new WebFixture().Store();
        var call = new WebCall(new Uri(server.Address, "a"), "a") { Token = new Secret("t0k3n") };

        using var answer = await store.SendAsync(call, cancelled);

        Assert.Equal(Hello, (await answer.ReadAsync(100, cancelled)).ToArray());
        Assert.All(server.Requests, request => Assert.Equal("Bearer t0k3n", request.Authorization));
        Assert.Null(Assert.Single(other.Requests).Authorization);
    }

    [Theory]
    [InlineData("", "redirects without an address")]
    [InlineData("ftp://127.0.0.1/a", "redirects to an address of scheme ftp")]
    [InlineData("http://169.254.169.254/latest/meta-data", "redirects to the private address 169.254.169.254; give "
        + "that address itself where it is meant")]
    [InlineData("http://user:pass@127.0.0.1/a", "redirects to 127.0.0.1 with a user in the address")]
    [InlineData("/again", "redirects more than 5 times; give the address that it ends at")]
    public async Task A_redirect_that_must_not_be_followed_ends_the_call(string location, string fault)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Fail(Enumerable.Repeat(new FakeTransfer { Instead = FakeReply.Redirect(302, location) }, 9));
        using var store = new WebFixture().Store();

        var failed = await Assert.ThrowsAsync<UploadException>(
            () => store.SendAsync(new WebCall(server.Address, "the file"), cancelled));

        Assert.Equal($"the file cannot be read: {server.Address.Authority} {fault}", failed.Message);
        Assert.False(failed.IsTransient);
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_the_custom_CA_is_read()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var certificates = TestCertificates.Create();
        using var certificate = certificates.IssueServer();
        await using var server = await FakeFileServer.StartAsync(
            new FakeListenerOptions { Certificate = certificate }, refusesTokens: false, cancelled);
        server.Files["/a"] = new FakeFile(Hello);
        var call = new WebCall(new Uri(server.Address, "a"), "a");
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, certificates.AuthorityPem, cancelled);
        try
        {
            using var store = new WebFixture().Store(file);
            using var answer = await store.SendAsync(call, cancelled);
            Assert.Equal(200, answer.Status);
        }
        finally
        {
            File.Delete(file);
        }

        using var distrustful = new WebFixture().Store();
        var failed = await Assert.ThrowsAsync<UploadException>(() => distrustful.SendAsync(call, cancelled));
        Assert.False(failed.IsTransient);
        Assert.Contains("--source-custom-ca", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_CA_that_cannot_be_read_is_a_fault_of_the_options()
    {
        var failed = Assert.Throws<UploadException>(() => new WebFixture().Store("/no/such/ca.pem"));
        Assert.Equal(UploadExit.Usage, failed.ExitCode);
        Assert.Contains("/no/such/ca.pem", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_not_sent_in_plain_http()
    {
        using var store = new WebFixture().Store();
        var call = new WebCall(new Uri("http://hub.example/a"), "a") { Token = new Secret("t0k3n") };
        var failed = await Assert.ThrowsAsync<UploadException>(
            () => store.SendAsync(call, TestContext.Current.CancellationToken));
        Assert.Equal("a is not read: its token would go to hub.example in plain http; use https", failed.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_at_the_deadline()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Fail(new FakeTransfer { Instead = FakeReply.Never });
        var fixture = new WebFixture { Deadlines = new WebDeadlines { FirstByte = TimeSpan.FromSeconds(7) } };
        using var store = fixture.Store();

        var call = store.SendAsync(new WebCall(server.Address, "a"), cancelled);
        await fixture.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(7), cancelled);
        fixture.Time.Advance(TimeSpan.FromSeconds(7));

        var failed = await Assert.ThrowsAsync<UploadException>(() => call);
        Assert.Equal($"a cannot be read: {server.Address.Authority} did not answer within 7 s", failed.Message);
        Assert.True(failed.IsTransient);
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_and_a_slow_reader_is_not()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Hello);
        server.Fail(new FakeTransfer { StallAt = 2 });
        var fixture = new WebFixture();
        using var store = fixture.Store();
        using var answer = await store.SendAsync(new WebCall(new Uri(server.Address, "a"), "a"), cancelled);
        await using var body = await answer.OpenBodyAsync(cancelled);
        var buffer = new byte[2];

        fixture.Time.Advance(TimeSpan.FromHours(1));
        await body.ReadExactlyAsync(buffer, cancelled);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        var read = body.ReadAsync(buffer, cancelled);
        fixture.Time.Advance(fixture.Deadlines.Stall);

        var failed = await Assert.ThrowsAsync<UploadException>(async () => await read);
        Assert.Equal("a cannot be read: no byte came for 60 s", failed.Message);
        Assert.True(failed.IsTransient);
    }

    [Fact]
    public async Task A_read_ends_with_its_caller()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Hello);
        server.Fail(new FakeTransfer { StallAt = 0 });
        using var store = new WebFixture().Store();
        using var answer = await store.SendAsync(new WebCall(new Uri(server.Address, "a"), "a"), cancelled);
        await using var body = await answer.OpenBodyAsync(cancelled);
        using var caller = new CancellationTokenSource();

        var read = body.ReadAsync(new byte[2], caller.Token);
        await caller.CancelAsync();

        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        Assert.Equal(caller.Token, ended.CancellationToken);
    }

    [Fact]
    public async Task A_port_without_a_server_can_be_tried_again()
    {
        using var store = new WebFixture().Store();
        var failed = await Assert.ThrowsAsync<UploadException>(() => store.SendAsync(
            new WebCall(new Uri("http://127.0.0.1:1/a"), "a"), TestContext.Current.CancellationToken));
        Assert.True(failed.IsTransient);
        Assert.Equal(
            "a cannot be read: cannot connect to 127.0.0.1:1 (refused); check that the server is up", failed.Message);
    }

    [Theory]
    [InlineData("https://host/a/b?X-Amz-Signature=s3cret", "https://host/a/b?…")]
    [InlineData("http://host:8080/a%20b", "http://host:8080/a%20b")]
    public void The_query_of_an_address_is_not_shown(string address, string name) =>
        Assert.Equal(name, WebName.Of(new Uri(address)));

    [Theory]
    [InlineData("\"api\";r=0;t=55", 55)]
    [InlineData("\"pages\";r=12;t=290, \"resolvers\";r=0;t=30", 30)]
    [InlineData("\"api\";r=0;t=290", 119)]
    [InlineData("\"api\";r=3;t=55", null)]
    [InlineData("100", null)]
    public void A_spent_window_gives_the_wait(string header, int? seconds) =>
        Assert.Equal(seconds, (int?)WebWait.OfWindows(header)?.TotalSeconds);
}
