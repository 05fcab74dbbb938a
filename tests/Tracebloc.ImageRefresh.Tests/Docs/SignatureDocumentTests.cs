using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented signatures: each configuration gives the output shown beside it.</summary>
public sealed class SignatureDocumentTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConfigurationFile _folder = new();

    [Fact]
    public async Task The_documented_report_is_that_of_the_documented_configuration()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Manifests.Deployment("web").Container("web", "web:stable").Container("proxy", "proxy:stable"));
        var key = _folder.With("cosign.pub", _key.ExportSubjectPublicKeyInfoPem());
        var documented = Configuration(fixture.Registry.Host, key, _folder.With("root.json", TrustRoot()));
        // Recorded before signatures were required.
        fixture.Track([.. documented.Images.Select(image => image with { Gates = GateOptions.None })]);
        Push(fixture, "1");
        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        fixture.Configuration = documented;
        Sign(fixture, "web", Push(fixture, "2"));

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Signature, report.ExitCode);
        Assert.Equal(
            Documents.Block("signatures-report").Trim(),
            ReportText.Write(report).Replace(key, "/etc/cosign.pub", StringComparison.Ordinal).Trim());
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private RefreshConfiguration Configuration(string registry, string key, string trustRoot)
    {
        var images = Documents.Block("signatures")
            .Replace("registry.example.com", registry, StringComparison.Ordinal)
            .Replace("/etc/cosign.pub", key, StringComparison.Ordinal)
            .Replace("/etc/trusted_root.json", trustRoot, StringComparison.Ordinal);
        return _folder.Read(ConfigurationFile.Head + images);
    }

    private void Sign(TickFixture fixture, string repository, string digest)
    {
        var signed = CosignSigner.Of(_key).Sign($"{fixture.Registry.Host}/{repository}", digest);
        foreach (var blob in signed.Blobs)
            fixture.Registry.PushBlob(repository, blob);
        fixture.Registry.Push(repository, CosignSigner.TagOf(digest), signed.Manifest);
    }

    private static string Push(TickFixture fixture, string content)
    {
        foreach (var image in fixture.Configuration.Images)
            fixture.Registry.Push(image.Image.Path, "stable", content);
        return FakeManifest.Of(FakeManifest.OciIndex, content).Digest;
    }

    private static string TrustRoot()
    {
        using var certificates = TestCertificates.Create();
        var authority = new JsonObject { ["rawBytes"] = Convert.ToBase64String(certificates.Authority.RawData) };
        var chain = new JsonObject { ["certificates"] = new JsonArray(authority) };
        return new JsonObject
        {
            ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            ["certificateAuthorities"] = new JsonArray(new JsonObject { ["certChain"] = chain }),
            ["timestampAuthorities"] = new JsonArray(new JsonObject { ["certChain"] = chain.DeepClone() }),
        }.ToJsonString();
    }
}
