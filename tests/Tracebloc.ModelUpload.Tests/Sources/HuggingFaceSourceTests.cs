using System.Text;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Stores;
using Tracebloc.Testing.Hub;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class HuggingFaceSourceTests
{
    private const string Commit = "1111111111111111111111111111111111111111";
    private const string Later = "2222222222222222222222222222222222222222";

    private static readonly FakeHubFile Weights = new("model.safetensors", Bytes("0123456789"), IsLfs: true);
    private static readonly FakeHubFile Config = new("sub folder/config ü.json", Bytes("{}"));

    private static readonly FakeHubFile[] Files =
        [new(".gitattributes", Bytes("*.bin lfs")), new("README.md", Bytes("# Model")), Config, Weights];

    // The Python job publishes .gitattributes too, and .cache of the hub's library (its fault 24).
    [Fact]
    public async Task A_model_is_listed_whole_with_the_hash_of_each_file()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        await using var source = Source(hub, "hf://owner/model:v1");

        var listing = await source.ListAsync(cancelled);

        Assert.Equal("hf://owner/model:v1", listing.Source);
        Assert.Equal(
            ["README.md", "model.safetensors", "sub folder/config ü.json"],
            listing.Files.Select(file => file.Path.Text));
        Assert.Equal([".gitattributes"], listing.LeftOut.Select(path => path.Text));
        var weights = listing.Files[1];
        Assert.Equal(10, weights.Length);
        Assert.Equal("hf://owner/model:v1/model.safetensors", weights.Address);
        Assert.Equal($"{Commit}:{Weights.Sha256}", weights.Version);
        Assert.Equal(new ContentHash(HashKind.Sha256, Weights.Sha256), Assert.Single(weights.Stated));
        Assert.Equal(new ContentHash(HashKind.GitBlob, Config.BlobId), Assert.Single(listing.Files[2].Stated));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task All_pages_of_a_tree_are_read(int size)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        hub.PageSize = size;
        await using var source = Source(hub, "hf://owner/model");
        Assert.Equal(3, (await source.ListAsync(cancelled)).Files.Count);
    }

    [Fact]
    public async Task Files_are_read_with_the_token_and_the_second_server_never_gets_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model") { Token = "hf_t0k3n" }, cancelled);
        var fixture = new WebFixture();
        await using var source = Source(hub, "hf://owner/model", "hf_t0k3n", fixture);

        foreach (var file in (await source.ListAsync(cancelled)).Files)
            Assert.Equal(
                Files.Single(each => each.Path == file.Path.Text).Content.ToArray(),
                await fixture.ReadAsync(source, file, cancelled));

        Assert.All(hub.Requests, request => Assert.Equal("Bearer hf_t0k3n", request.Authorization));
        Assert.NotEmpty(hub.Content.Requests);
        Assert.All(hub.Content.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task A_model_that_is_pushed_to_meanwhile_is_read_at_the_listed_commit()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var model = new FakeHubModel("owner/model");
        await using var hub = await StartAsync(model, cancelled);
        var fixture = new WebFixture();
        await using var source = Source(hub, "hf://owner/model", fixture: fixture);
        var listing = await source.ListAsync(cancelled);
        model.Commit("main", Later, new FakeHubFile("README.md", Bytes("# Other")));

        Assert.Equal(Bytes("# Model"), await fixture.ReadAsync(source, listing.Files[0], cancelled));
    }

    // The Python job rejects names of one component.
    [Fact]
    public async Task A_renamed_model_is_read_under_its_new_name()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("openai-community/gpt2"), cancelled);
        hub.Rename("gpt2", "openai-community/gpt2");
        var fixture = new WebFixture();
        await using var source = Source(hub, "hf://gpt2", fixture: fixture);

        var listing = await source.ListAsync(cancelled);

        Assert.Equal("hf://gpt2", listing.Source);
        Assert.Equal(Bytes("# Model"), await fixture.ReadAsync(source, listing.Files[0], cancelled));
        Assert.StartsWith("/openai-community/gpt2/resolve/", hub.Requests[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_with_slashes_is_asked_for_as_one_segment()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        await using var source = Source(hub, "hf://owner/model:refs/pr/1");
        await source.ListAsync(cancelled);
        Assert.Equal("/api/models/owner/model/revision/refs%2Fpr%2F1", hub.Requests[0].Path);
    }

    [Theory]
    [InlineData("hf://owner/none", null, "there is no model owner/none, or it is private")]
    [InlineData("hf://owner/none", "hf_t0k3n", "there is no model owner/none, or it is private")]
    [InlineData("hf://owner/private", null, "there is no model owner/private, or it is private")]
    [InlineData("hf://owner/private", "hf_wr0ng", "the hub refuses the token; set HF_TOKEN")]
    [InlineData("hf://owner/private:v9", "hf_t0k3n", "the model has no revision v9; check its spelling")]
    [InlineData("hf://owner/gated", "hf_t0k3n", "the model is gated; accept its terms at ")]
    public async Task A_refusal_is_known_at_the_listing_and_has_its_remedy(string address, string? token, string text)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/private") { Token = "hf_t0k3n" }, cancelled);
        hub.Add(new FakeHubModel("owner/gated") { IsGated = true }.Commit("main", Commit, Files));
        await using var source = Source(hub, address, token);

        var failed = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(cancelled));

        Assert.False(failed.IsTransient);
        Assert.StartsWith($"{address} cannot be read: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(text, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0k3n", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Linked-Etag", "\"abc\"")]
    [InlineData("X-Linked-Size", "11")]
    [InlineData("X-Repo-Commit", Later)]
    public async Task A_file_that_is_not_the_listed_one_is_not_read(string header, string value)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        var fixture = new WebFixture();
        await using var source = Source(hub, "hf://owner/model", fixture: fixture);
        var file = (await source.ListAsync(cancelled)).Files[1];
        hub.Lies[header] = value;

        var failed = await Assert.ThrowsAsync<UploadException>(() => fixture.ReadAsync(source, file, cancelled));

        Assert.StartsWith(
            $"hf://owner/model/model.safetensors is not the listed file: {header} is {value.Trim('"')}, ",
            failed.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_other_than_the_stated_hash_are_refused()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        var fixture = new WebFixture();
        await using var source = Source(hub, "hf://owner/model", fixture: fixture);
        var file = (await source.ListAsync(cancelled)).Files[1];
        hub.Content.Files[$"/blobs/{Weights.Sha256}"] = new FakeFile(Bytes("0123456780"));

        var failed = await Assert.ThrowsAsync<UploadException>(() => fixture.ReadAsync(source, file, cancelled));

        Assert.Contains("hf://owner/model/model.safetensors", failed.Message, StringComparison.Ordinal);
        Assert.Contains(Weights.Sha256, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_file_goes_on_by_a_range()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        var fixture = new WebFixture { Attempts = 3 };
        await using var source = Source(hub, "hf://owner/model", fixture: fixture);
        var file = (await source.ListAsync(cancelled)).Files[1];
        hub.Content.Fail(new FakeTransfer { CutAt = 4 });

        Assert.Equal(Bytes("0123456789"), await fixture.ReadAsync(source, file, cancelled));

        Assert.Equal("bytes=4-", hub.Content.Requests[^1].Headers["Range"]);
    }

    [Fact]
    public async Task A_spent_rate_limit_is_waited_for()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        hub.Answer(new FakeRule(
            request => request.Path.Contains("/tree/", StringComparison.Ordinal),
            _ => FakeReply.Of(429).With("RateLimit", "\"api\";r=0;t=55"),
            times: 1));
        var fixture = new WebFixture { Attempts = 2 };
        await using var source = Source(hub, "hf://owner/model", fixture: fixture);

        var listing = source.ListAsync(cancelled);
        await fixture.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(55), cancelled);
        fixture.Time.Advance(TimeSpan.FromSeconds(55));

        Assert.Equal(3, (await listing).Files.Count);
    }

    [Theory]
    [InlineData("revision", "<html>", "answers with something other than the hub's JSON; check HF_ENDPOINT")]
    [InlineData("revision", "{}", "the hub's answer names no commit")]
    [InlineData("revision", """{"sha":"../../x"}""", "the hub's answer names no commit")]
    [InlineData("tree", """[{"type":"file","path":"../x","size":1,"oid":"a"}]""", "the path ../x has the segment ..")]
    [InlineData("tree", """[{"type":"file","path":"x","size":1,"oid":"a"}]""", "the hub states no hash or size of x")]
    [InlineData("tree", "[]", "has no files")]
    public async Task An_answer_that_cannot_be_used_ends_the_listing(string kind, string json, string text)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var hub = await StartAsync(new FakeHubModel("owner/model"), cancelled);
        hub.Answer(new FakeRule(
            request => request.Path.Contains($"/{kind}/", StringComparison.Ordinal), _ => FakeReply.Of(200, json), 1));
        await using var source = Source(hub, "hf://owner/model");

        var failed = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(cancelled));

        Assert.StartsWith("hf://owner/model ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(text, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf://a/b/c", "hf_t0k3n", "The address hf://a/b/c is not hf://owner/model")]
    [InlineData("hf://user:pass@host/model", "hf_t0k3n", "The address of the source has no revision")]
    [InlineData("hf://owner/model", "hf t0k3n", "HF_TOKEN is no token: there is white space in it")]
    public void A_wrong_address_or_token_is_a_fault_of_the_options(string address, string token, string text)
    {
        var failed = Assert.Throws<UploadException>(() => new WebFixture().Hub(
            new UriSettings { Uri = address, Token = new Secret(token) }));
        Assert.Equal(UploadExit.Usage, failed.ExitCode);
        Assert.StartsWith(text, failed.Message, StringComparison.Ordinal);
    }

    private static async Task<FakeHub> StartAsync(FakeHubModel model, CancellationToken cancelled)
    {
        var hub = await FakeHub.StartAsync(cancelled);
        hub.Add(model.Commit("main", Commit, Files).Commit("v1", Commit, Files).Commit("refs/pr/1", Commit, Files));
        return hub;
    }

    private static HuggingFaceSource Source(
        FakeHub hub, string address, string? token = null, WebFixture? fixture = null) =>
        (fixture ?? new WebFixture()).Hub(new UriSettings
        {
            Uri = address,
            Token = token is null ? null : new Secret(token),
            HubEndpoint = hub.Address,
        });

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
