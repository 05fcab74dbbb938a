using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickSignatureTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConfigurationFile _folder = new();

    private GateOptions ByKey => new()
    {
        Verify = new() { KeyFile = _folder.With("cosign.pub", _key.ExportSubjectPublicKeyInfoPem()) },
    };

    [Fact]
    public async Task A_signed_digest_is_rolled_out_and_its_signer_is_named()
    {
        await using var fixture = await SeenAsync(ByKey);
        var digest = Push(fixture);
        Sign(fixture, _key, digest);

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Done, report.ExitCode);
        Assert.Contains("; signed by the key /", Assert.Single(report.Images).Message);
        fixture.AssertSettled("manager", digest);
        Assert.Equal([$"manifests/{CosignSigner.TagOf($"{digest}")}", "blobs"], Gets(fixture));
    }

    [Fact]
    public async Task An_unsigned_digest_is_not_applied_and_fails_the_run_until_it_is_signed()
    {
        await using var fixture = await SeenAsync(ByKey);
        var digest = Push(fixture);

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Signature, report.ExitCode);
        Assert.Equal(Outcome.Untrusted, Assert.Single(report.Images).Outcome);
        Assert.Equal(
            $"not applied: the registry has no signature of {digest}", Assert.Single(report.Images).Message);
        fixture.AssertRollouts(0);
        Sign(fixture, _key, digest);
        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);
        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task A_refused_digest_is_asked_for_again_only_when_its_time_has_come()
    {
        await using var fixture = await SeenAsync(ByKey);
        Push(fixture);
        var looks = new List<int>();

        for (var tick = 0; tick < 8; tick++)
        {
            fixture.Forget();
            fixture.Time.Advance(TimeSpan.FromMinutes(15));
            Assert.Equal(ExitCodes.Signature, (await fixture.TickAsync()).ExitCode);
            looks.Add(Gets(fixture).Any() ? 1 : 0);
            Assert.Equal(looks[^1], fixture.Api.Writes.Count);
        }

        Assert.Equal([1, 1, 1, 0, 1, 0, 0, 0], looks);
        Assert.Contains("not applied: 4 looks found no good signature; looked up again", (await ReportAsync()).Message);
        var newer = fixture.Push("manager", "3");
        Sign(fixture, _key, newer);
        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);
        fixture.AssertSettled("manager", newer);

        async Task<ImageResult> ReportAsync() => Assert.Single((await fixture.TickAsync()).Images);
    }

    [Fact]
    public async Task Released_a_refused_digest_is_looked_up_at_once()
    {
        await using var fixture = await SeenAsync(ByKey);
        var digest = Push(fixture);
        for (var tick = 0; tick < 4; tick++)
            await fixture.TickAsync();
        Sign(fixture, _key, digest);
        Assert.Equal(ExitCodes.Signature, (await fixture.TickAsync()).ExitCode);

        await fixture.ReleaseAsync("manager");

        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);
        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task A_slow_registry_delays_no_other_workload()
    {
        await using var fixture = await TickFixture.StartAsync();
        fixture.Api.Add(TickFixture.Deployment("other"));
        var slow = fixture.Restart() with { Gates = Advisory(ByKey) };
        await fixture.SeenAsync(slow, fixture.Restart("second", "deployment/other"));
        Push(fixture);
        var newer = fixture.Push("second", "2");
        var asked = new TaskCompletionSource();
        fixture.Registry.When(
            request => request.Reference.EndsWith(".sig", StringComparison.Ordinal),
            _ =>
            {
                asked.TrySetResult();
                return FakeReply.Never;
            });

        var tick = fixture.TickAsync();
        await asked.Task.WaitAsync(TickFixture.Cancelled);
        await fixture.PassWaitsUntilAsync(fixture.WaitForAsync(call =>
            call is { Verb: "patch", Status: 200 } && call.Body.Contains($"{newer}", StringComparison.Ordinal)
            && call.Body.Contains("last-refreshed-second", StringComparison.Ordinal)));
        fixture.Time.Advance(Deadlines.Verification);
        var report = await tick;

        Assert.Equal([Outcome.Unresolved, Outcome.Refreshed], report.Images.Select(image => image.Outcome));
        Assert.Equal(
            "its signature could not be looked up: no verdict within 30s (1 ticks in a row, tolerated below 3)",
            report.Images[0].Message);
        Assert.Equal(1, fixture.Record("manager").Failures);
    }

    [Fact]
    public async Task A_digest_that_somebody_else_signed_is_not_applied()
    {
        await using var fixture = await SeenAsync(ByKey);
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Sign(fixture, strange, Push(fixture));

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Signature, report.ExitCode);
        Assert.Contains("not applied: no signature by the key /", Assert.Single(report.Images).Message);
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task A_dry_run_verifies_as_well_and_writes_nothing()
    {
        await using var fixture = await SeenAsync(ByKey);
        Push(fixture);

        var report = await fixture.TickAsync(dryRun: true);

        Assert.Equal((ExitCodes.Signature, Outcome.Untrusted), (report.ExitCode, Assert.Single(report.Images).Outcome));
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_asked_for_signatures_is_tolerated_and_counted()
    {
        await using var fixture = await SeenAsync(ByKey);
        Push(fixture);
        fixture.Registry.When(
            request => request.Reference.EndsWith(".sig", StringComparison.Ordinal), FakeReply.Of(403));

        Assert.Equal([0, 0, ExitCodes.Registry], await fixture.ExitCodesAsync(ticks: 3));

        fixture.AssertRollouts(0);
        Assert.StartsWith("its signature could not be looked up: ", fixture.Record("manager").Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_asked_for_where_nothing_is_to_be_applied(bool isHeld)
    {
        await using var fixture = await SeenAsync(ByKey with { Hold = isHeld });
        if (isHeld)
            Push(fixture);

        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);

        Assert.Empty(Gets(fixture));
    }

    [Fact]
    public async Task One_digest_of_two_workloads_is_verified_once()
    {
        await using var fixture = await TickFixture.StartAsync();
        fixture.Api.Add(TickFixture.Deployment("other"));
        var image = fixture.Restart() with { Gates = Advisory(ByKey) };
        await fixture.SeenAsync(image, fixture.Restart("second", "deployment/other") with
        {
            Image = image.Image,
            Gates = image.Gates,
        });
        Sign(fixture, _key, Push(fixture));

        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);

        Assert.Equal(2, Gets(fixture).Count());
    }

    [Theory]
    [InlineData("nothing", ": it holds no PEM block; write cosign's public key file there")]
    [InlineData(null, " does not exist; check the path and that it is mounted")]
    public async Task A_key_that_cannot_be_used_is_a_mistake_of_the_configuration(string? content, string why)
    {
        var gates = ByKey;
        await using var fixture = await SeenAsync(gates);
        Push(fixture);
        var file = gates.Verify?.KeyFile ?? "";
        if (content is null)
            File.Delete(file);
        else
            _folder.With("cosign.pub", content);

        var report = await fixture.TickAsync();

        Assert.Equal((ExitCodes.Usage, file + why), (report.ExitCode, Assert.Single(report.Images).Message));
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task A_trust_root_that_cannot_be_used_is_a_mistake_of_the_configuration()
    {
        var file = _folder.With("trusted_root.json", "{}");
        await using var fixture = await SeenAsync(new()
        {
            Verify = new() { Keyless = new("https://issuer.example", "ann@example.com", file) },
        });
        Push(fixture);

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Usage, report.ExitCode);
        Assert.StartsWith($"{file}: it cannot be read at $", Assert.Single(report.Images).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_rollback_of_this_ticks_own_rollout_waits_for_evidence(bool isSigned)
    {
        await using var fixture = await TickFixture.StartAsync();
        var (good, broken) = await PushBrokenAsync(fixture);
        Sign(fixture, _key, broken, "ingestor");
        if (isSigned)
            Sign(fixture, _key, good, "ingestor");

        var report = await fixture.TickThroughWaitsAsync();

        var image = Assert.Single(report.Images);
        Assert.Equal(
            (isSigned ? Outcome.RolledBack : Outcome.RolloutFailed, ExitCodes.Rollout),
            (image.Outcome, report.ExitCode));
        Assert.Equal($"{(isSigned ? good : broken)}", fixture.LiveVariable());
        Assert.Equal(isSigned, fixture.Record("ingestor").Quarantine.Bars(broken));
        Assert.Equal([isSigned ? ExitCodes.Frozen : ExitCodes.Rollout], await fixture.ExitCodesAsync(1));
        Assert.Equal($"{(isSigned ? good : broken)}", fixture.LiveVariable());
    }

    [Fact]
    public async Task A_registry_that_is_away_keeps_the_failed_digest_in_place_and_is_counted()
    {
        await using var fixture = await TickFixture.StartAsync();
        var (good, broken) = await PushBrokenAsync(fixture);
        Sign(fixture, _key, broken, "ingestor");
        Sign(fixture, _key, good, "ingestor");
        var isAway = true;
        fixture.Registry.When(
            request => isAway && request.Reference == CosignSigner.TagOf($"{good}"), FakeReply.Of(403));

        Assert.Equal([ExitCodes.Rollout, ExitCodes.Rollout], await fixture.ExitCodesAsync(2));

        Assert.Equal($"{broken}", fixture.LiveVariable());
        Assert.Equal((2, 1), (fixture.Record("ingestor").Failures, fixture.Record("ingestor").FailedAttempts));
        isAway = false;
        Assert.Equal([ExitCodes.Rollout], await fixture.ExitCodesAsync(1));
        Assert.Equal($"{good}", fixture.LiveVariable());
    }

    [Fact]
    public async Task First_sight_replaces_the_tag_by_the_signed_digest()
    {
        await using var fixture = await TickFixture.StartAsync();
        var image = fixture.SetImage() with { Gates = ByKey };
        fixture.Track(image);
        var digest = fixture.Push("web", "1");

        Assert.Equal(ExitCodes.Signature, (await fixture.TickAsync()).ExitCode);
        fixture.AssertRollouts(0);
        Sign(fixture, _key, digest, "web");
        var report = await fixture.TickAsync();

        Assert.Equal((ExitCodes.Done, Outcome.Refreshed), (report.ExitCode, Assert.Single(report.Images).Outcome));
        Assert.Equal(image.Image.At(digest), fixture.LiveImage());
        fixture.AssertSettled("web", digest);
        fixture.Forget();
        Assert.Equal(Outcome.Unchanged, Assert.Single((await fixture.TickAsync()).Images).Outcome);
        Assert.Empty(fixture.Api.Writes);
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(91, false)]
    [InlineData(null, false)]
    public async Task An_older_signed_digest_is_replayed_in_vain(int? days, bool isApplied)
    {
        await using var fixture = await TickFixture.StartAsync();
        var gates = new GateOptions { Verify = ByKey.Verify! with { NotOlderThan = TimeSpan.FromDays(90) } };
        var image = fixture.SetImage();
        await fixture.SeenAsync(image);
        fixture.Track(image with { Gates = gates });
        var created = days is { } age ? fixture.Time.GetUtcNow().AddDays(-age) : DateTimeOffset.UnixEpoch;
        var digest = PushCreated(fixture, "web", created);
        Sign(fixture, _key, digest, "web");

        var report = await fixture.TickAsync();

        Assert.Equal(isApplied ? ExitCodes.Done : ExitCodes.Signature, report.ExitCode);
        Assert.Equal(isApplied ? image.Image.At(digest) : "registry.example.com/web:stable", fixture.LiveImage());
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private static GateOptions Advisory(GateOptions gates) =>
        gates with { Verify = gates.Verify is { } verify ? verify with { Advisory = true } : null };

    private static async Task<TickFixture> SeenAsync(GateOptions gates)
    {
        var fixture = await TickFixture.StartAsync();
        await fixture.SeenAsync(fixture.Restart() with { Gates = Advisory(gates) });
        return fixture;
    }

    /// <summary>A digest that had settled before signatures were required, and one whose rollout fails.</summary>
    private async Task<(Digest Good, Digest Broken)> PushBrokenAsync(TickFixture fixture)
    {
        var image = fixture.SetEnv().RollingBack();
        await fixture.SeenAsync(image);
        var good = fixture.Push("ingestor", "good");
        await fixture.TickThroughWaitsAsync();
        fixture.AssertSettled("ingestor", good);
        fixture.Track(image with { Gates = ByKey });
        var broken = fixture.Push("ingestor", "broken");
        fixture.Api.OnRollout(TickFixture.Acme, rollout =>
            rollout.Variable("api", TickFixture.Variable) == $"{broken}"
                ? RolloutBehaviour.Crashes
                : RolloutBehaviour.Completes);
        return (good, broken);
    }

    private static Digest Push(TickFixture fixture) => fixture.Push("manager", "2");

    /// <summary>An index of one image, whose configuration says when it was made.</summary>
    private static Digest PushCreated(TickFixture fixture, string name, DateTimeOffset created)
    {
        var repository = $"tracebloc/{name}";
        var config = Encoding.UTF8.GetBytes($$"""{"created":"{{created:O}}"}""");
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["config"] = FakeManifest.Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JsonArray(),
        };
        var image = new FakeManifest(FakeManifest.OciManifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        fixture.Registry.PushBlob(repository, config);
        fixture.Registry.Push(repository, null, image);
        return Digest.Parse(fixture.Registry.Push(repository, "prod", FakeManifest.IndexOf(image)));
    }

    private static void Sign(TickFixture fixture, ECDsa key, Digest digest, string name = "manager")
    {
        var repository = $"tracebloc/{name}";
        var signed = CosignSigner.Of(key).Sign($"{fixture.Registry.Host}/{repository}", $"{digest}");
        foreach (var blob in signed.Blobs)
            fixture.Registry.PushBlob(repository, blob);
        fixture.Registry.Push(repository, CosignSigner.TagOf($"{digest}"), signed.Manifest);
    }

    /// <summary>The GETs beside the lookup of the tag's digest.</summary>
    private static IEnumerable<string> Gets(TickFixture fixture) => fixture.Registry.Requests
        .Where(request => request is { Method: "GET", AuthKind: "Bearer" })
        .Select(request => request.Path["/v2/tracebloc/manager/".Length..])
        .Select(path => path.StartsWith("blobs/", StringComparison.Ordinal) ? "blobs" : path);
}
