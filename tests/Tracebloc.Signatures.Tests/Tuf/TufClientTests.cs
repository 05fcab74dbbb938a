using Tracebloc.Registry;
using Tracebloc.Signatures.Tuf;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Tuf;

/// <summary>Targets are read through the metadata that keys have signed, and kept.</summary>
public sealed class TufClientTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_target_is_read_with_consistent_snapshots_or_without(bool isConsistent)
    {
        await using var scene = await TufScene.StartAsync(repository => repository.IsConsistent = isConsistent);

        Assert.Equal("first", await scene.ReadAsync());

        scene.Repository.Publish(TufClient.TrustedRoot, "second");
        Assert.Equal("second", await scene.ReadAsync());
    }

    [Theory]
    [InlineData("ecdsa")]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    public async Task Roles_are_signed_by_keys_of_each_kind(string kind)
    {
        await using var scene = await TufScene.StartAsync(repository => repository.Keys["timestamp"] =
            [kind switch { "rsa" => TestTufKey.Rsa(), "ed25519" => TestTufKey.Edwards(), _ => TestTufKey.Ecdsa() }]);

        Assert.Equal("first", await scene.ReadAsync());
    }

    [Fact]
    public async Task A_kept_target_is_not_fetched_again()
    {
        await using var scene = await TufScene.StartAsync();
        await scene.ReadAsync();
        await scene.ReadAsync();

        string[] once = [".snapshot.json", ".targets.json", ".trusted_root.json"];
        foreach (var name in once)
            Assert.Single(scene.Repository.Requests, request => request.Path.EndsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roots_are_walked_one_after_the_other_and_kept()
    {
        await using var scene = await TufScene.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var former = scene.Repository.Keys["root"];
            scene.Repository.Keys["root"] = [TestTufKey.Ecdsa(), TestTufKey.Ecdsa()];
            scene.Repository.PublishRoot(former);
        }

        Assert.Equal("first", await scene.ReadAsync());
        scene.Repository.Files.Remove("2.root.json");

        Assert.Equal("first", await scene.ReadAsync());
    }

    [Fact]
    public async Task Metadata_of_former_keys_is_forgotten_when_keys_change()
    {
        await using var scene = await TufScene.StartAsync();
        scene.Repository.Versions["timestamp"] = 1000; // A thief of the key has jumped ahead.
        scene.Repository.PublishTimestamp();
        await scene.ReadAsync();

        scene.Repository.Keys["timestamp"] = [TestTufKey.Ecdsa()];
        scene.Repository.PublishRoot();
        scene.Repository.Versions["timestamp"] = 1;
        scene.Repository.PublishTimestamp();

        Assert.Equal("first", await scene.ReadAsync());
    }

    [Theory]
    [InlineData("root.json")]
    [InlineData("1.root.json")]
    public async Task A_first_root_is_fetched_and_held_against_its_digest(string name)
    {
        await using var scene = await TufScene.StartAsync();
        scene.Repository.Files[name] = scene.Root;

        Assert.Equal("first", await scene.ReadAsync(Digest.Of(scene.Root), isGiven: false));
        var other = await scene.FaultAsync(Digest.Of("other"u8), isGiven: false);

        Assert.Equal(TufFault.Mismatch, other.Fault);
        Assert.Contains("is expected", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.root.json")]
    [InlineData("timestamp.json")]
    public async Task The_cache_suffices_while_the_server_is_away_until_it_expires(string path)
    {
        await using var scene = await TufScene.StartAsync();
        await scene.ReadAsync();
        scene.Repository.Answer(path, FakeReply.Of(503), times: 2);
        Assert.Equal("first", await scene.ReadAsync());

        scene.Repository.Answer(path, FakeReply.Abort, times: 2);
        scene.Time.Advance(TimeSpan.FromDays(11));
        var fault = await scene.FaultAsync();

        // Expired roots end the walk before the timestamp is asked for.
        Assert.Equal(path == "timestamp.json" ? TufFault.Expired : TufFault.Unavailable, fault.Fault);
        Assert.Contains("expired on", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.root.json")]
    [InlineData("timestamp.json")]
    [InlineData("1.snapshot.json")]
    [InlineData("1.targets.json")]
    public async Task A_server_that_is_away_on_first_use_is_a_passing_fault(string path)
    {
        await using var scene = await TufScene.StartAsync();
        scene.Repository.Answer(path, FakeReply.Of(500), times: 2);

        var fault = await scene.FaultAsync();
        Assert.True(fault.IsTransient);
        Assert.Contains("the cache is incomplete", fault.Message, StringComparison.Ordinal);

        Assert.Equal("first", await scene.ReadAsync());
    }

    [Fact]
    public async Task A_call_is_repeated_after_a_passing_fault()
    {
        await using var scene = await TufScene.StartAsync();
        scene.Repository.Answer("timestamp.json", FakeReply.Of(429).With("Retry-After", "0"));

        Assert.Equal("first", await scene.ReadAsync());
    }

    [Theory]
    [InlineData("nothing.json")]
    [InlineData("../trusted_root.json")]
    [InlineData("/trusted_root.json")]
    public async Task A_target_that_is_not_named_is_missing(string name)
    {
        await using var scene = await TufScene.StartAsync();

        Assert.Equal(TufFault.Missing, (await scene.FaultAsync(name: name)).Fault);
    }
}
