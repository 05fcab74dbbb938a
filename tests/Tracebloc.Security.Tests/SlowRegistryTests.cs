using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>Takes as long as one verification may.</summary>
public sealed class SlowRegistryTests
{
    [Fact]
    [Trait("Finding", "6")]
    public async Task A_registry_that_is_slow_with_signatures_delays_no_other_image_and_is_counted()
    {
        await using var scene = await RegistryTests.VerifyingAsync();
        var digest = scene.Push("manager", "2");
        var bundles = Enumerable.Range(0, 64).Select(number => FakeManifest.Artifact(
            "application/vnd.dev.sigstore.bundle.v0.3+json", digest, BitConverter.GetBytes(number))).ToList();
        foreach (var bundle in bundles)
            scene.Registry.Push("tracebloc/manager", null, bundle);
        var slow = bundles.Select(bundle => bundle.Digest).ToHashSet();
        scene.Registry.When(request => slow.Contains(request.Path.Split('/')[^1]), FakeReply.Never);

        var end = await scene.TickAsync();

        RegistryTests.AssertHonest(scene, end);
        Assert.Equal("unresolved", end.OutcomeOf("manager"));
        Assert.Equal("1", scene.Annotation("manager-refresh-failures"));
        Assert.InRange(scene.Registry.Requests.Count(request => slow.Contains(request.Path.Split('/')[^1])), 1, 16);
    }
}
