using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>A verification costs a tick little, whatever the registry has beside the image.</summary>
public sealed class TickVerificationTests : IDisposable
{
    private const string Repository = "tracebloc/web";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConfigurationFile _folder = new();

    private SignatureOptions ByKey => new()
    {
        KeyFile = _folder.With("cosign.pub", _key.ExportSubjectPublicKeyInfoPem()),
    };

    [Fact]
    public async Task A_digest_with_too_many_signatures_is_looked_up_no_more_often_than_a_refused_one()
    {
        await using var fixture = await SeenAsync(ByKey);
        Flood(fixture, fixture.Push("web", "2"));
        var (looks, codes) = (new List<int>(), new List<int>());

        for (var tick = 0; tick < 8; tick++)
        {
            fixture.Forget();
            fixture.Time.Advance(TimeSpan.FromMinutes(15));
            var report = await fixture.TickAsync();
            looks.Add(fixture.Registry.Requests.Count(IsForBlob));
            codes.Add(report.ExitCode);
            var image = Assert.Single(report.Images);
            Assert.Equal(looks[^1] > 0 ? Outcome.Unresolved : Outcome.Untrusted, image.Outcome);
            Assert.StartsWith(
                looks[^1] > 0
                    ? "not applied: no verdict: the registry has more than 16 signatures ("
                    : $"not applied: {looks.Count(look => look > 0)} looks found no good signature; looked up again",
                image.Message);
        }

        Assert.Equal([16, 16, 16, 0, 16, 0, 0, 0], looks);
        Assert.Equal([0, 0, ExitCodes.Registry, ExitCodes.Signature], codes.Take(4));
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task The_age_of_an_image_is_read_within_the_deadline_of_its_signature()
    {
        await using var fixture = await SeenAsync(ByKey with { NotOlderThan = TimeSpan.FromDays(90) });
        var (digest, config) = PushConfigured(fixture);
        Sign(fixture, _key, digest);
        var isSlow = true;
        fixture.Registry.When(
            request =>
            {
                if (isSlow && request.Reference == CosignSigner.TagOf($"{digest}"))
                {
                    isSlow = false;
                    fixture.Time.Advance(Deadlines.Verification / 2);
                }
                return false;
            },
            FakeReply.Never);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Registry.When(
            request => request.Path.EndsWith(config, StringComparison.Ordinal),
            _ =>
            {
                asked.SetResult();
                return FakeReply.Never;
            });

        var tick = fixture.TickAsync();
        await asked.Task.WaitAsync(TickFixture.Cancelled);
        fixture.Time.Advance(Deadlines.Verification / 2);
        var report = await tick;

        var image = Assert.Single(report.Images);
        Assert.Equal(Outcome.Unresolved, image.Outcome);
        Assert.Equal(
            "its signature could not be looked up: no verdict within 30s (1 ticks in a row, tolerated below 3)",
            image.Message);
        Assert.Empty(fixture.Record("web").Refusals.Entries);
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private static async Task<TickFixture> SeenAsync(SignatureOptions verify)
    {
        var fixture = await TickFixture.StartAsync();
        var image = fixture.Restart("web");
        await fixture.SeenAsync(image);
        fixture.Track(image with { Gates = new() { Verify = verify with { Advisory = true } } });
        return fixture;
    }

    private static void Sign(TickFixture fixture, ECDsa key, Digest digest)
    {
        var signed = CosignSigner.Of(key).Sign($"{fixture.Registry.Host}/{Repository}", $"{digest}");
        foreach (var blob in signed.Blobs)
            fixture.Registry.PushBlob(Repository, blob);
        fixture.Registry.Push(Repository, CosignSigner.TagOf($"{digest}"), signed.Manifest);
    }

    /// <summary>As many signatures of a stranger as no verification reads.</summary>
    private static void Flood(TickFixture fixture, Digest digest)
    {
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = CosignSigner.Payload($"{fixture.Registry.Host}/{Repository}", $"{digest}");
        fixture.Registry.PushBlob(Repository, payload);
        var layers = Enumerable.Range(0, 17).Select(_ => CosignSigner.Of(strange).Layer(payload));
        fixture.Registry.Push(Repository, CosignSigner.TagOf($"{digest}"), CosignSigner.Manifest([.. layers]));
    }

    /// <summary>An image and the digest of its configuration.</summary>
    private static (Digest Image, string Config) PushConfigured(TickFixture fixture)
    {
        var config = Encoding.UTF8.GetBytes($$"""{"created":"{{fixture.Time.GetUtcNow():O}}"}""");
        var descriptor = FakeManifest.Descriptor("application/vnd.oci.image.config.v1+json", config);
        var digest = (string)descriptor["digest"]!;
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["config"] = descriptor,
            ["layers"] = new JsonArray(),
        };
        fixture.Registry.PushBlob(Repository, config);
        var image = new FakeManifest(FakeManifest.OciManifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        return (Digest.Parse(fixture.Registry.Push(Repository, "prod", image)), digest);
    }

    private static bool IsForBlob(FakeRequest request) => request.Path.Contains("/blobs/", StringComparison.Ordinal);
}
