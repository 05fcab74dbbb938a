using Tracebloc.Registry.Pushing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

/// <summary>Every row of the table, against a registry that plays it.</summary>
public sealed class RegistryProfileTests
{
    // Above the least chunk of ECR and the largest PATCH of GHCR.
    private const int Length = (6 << 20) + 7;

    public static TheoryData<string, string> Rows => new(
        from profile in RegistryProfiles.All
        from kind in (string[])["known", "sized", "unknown"]
        select (profile.Name, kind));

    public static TheoryData<string> Names => [.. RegistryProfiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_large_blob_is_taken(string name, string kind)
    {
        await using var fixture = await StartAsync(name, largestPut: 1 << 20);
        var blob = new SampleBlob(Length);

        var pushed = await fixture.PushAsync(blob.ContentOf(kind), new PushOptions { ChunkBytes = 2 << 20 });

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal(Length, pushed.Value?.SentBytes);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_drop_in_the_middle_is_survived(string name, string kind)
    {
        await using var fixture = await StartAsync(name, largestPut: 1 << 20);
        var blob = new SampleBlob(Length);
        fixture.Registry.Uploads.CutAt(Length - 1000);

        var pushed = await fixture.PushAsync(blob.ContentOf(kind), new PushOptions { ChunkBytes = 2 << 20 });

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal(ProfileOf(name).Resumes, fixture.Registry.Uploads.Opened == 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_small_blob_goes_in_one_put(string name)
    {
        await using var fixture = await StartAsync(name);
        var blob = new SampleBlob(5000);

        fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Known));

        Assert.EndsWith("POST PUT", fixture.Traffic);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_empty_blob_is_kept_or_refused_before_it_can_be_lost(string name)
    {
        await using var fixture = await StartAsync(name);
        var blob = new SampleBlob(0);

        var pushed = await fixture.PushAsync(blob.Sized);

        Assert.Equal(ProfileOf(name).TakesEmptyBlobs ? Verdict.Ok : Verdict.Invalid, pushed.Verdict);
        if (pushed.IsOk)
            fixture.AssertPushed(blob.Bytes, pushed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mount_succeeds_or_leaves_the_blob_to_a_push(string name)
    {
        await using var fixture = await StartAsync(name);
        var blob = new SampleBlob(5000);
        fixture.Registry.PushBlob("other", blob.Bytes);

        var mounted = await fixture.Client.MountBlobAsync(
            fixture.Repository, blob.Digest, fixture.Image("other"), PushFixture.Cancellation);

        Assert.Equal(Verdict.Ok, mounted.Verdict);
        Assert.Equal(FakeRegistryKinds.All[name].MountStatus == 0, mounted.Value);
        Assert.Empty(fixture.Registry.Uploads.Open);
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com/app", "ECR")]
    [InlineData("public.ecr.aws/org/app", "ECR Public")]
    [InlineData("ghcr.io/org/app", "GHCR")]
    [InlineData("europe-west3-docker.pkg.dev/project/app", "Google Artifact Registry")]
    [InlineData("eu.gcr.io/project/app", "Google Artifact Registry")]
    [InlineData("gcr.io/project/app", "Google Artifact Registry")]
    [InlineData("quay.io/org/app", "Quay")]
    [InlineData("registry.gitlab.com/org/app", "GitLab")]
    [InlineData("registry.example.com/org/app", "OCI")]
    [InlineData("notghcr.io/org/app", "OCI")]
    [InlineData("nginx", "OCI")]
    public void A_profile_is_found_by_the_host(string reference, string name) =>
        Assert.Equal(name, RegistryProfile.Of(ImageReference.Parse(reference)).Name);

    [Fact]
    public async Task A_proxy_that_takes_small_bodies_gets_small_chunks_and_this_is_remembered()
    {
        await using var fixture = await PushFixture.StartAsync(
            new FakeUploadOptions { LargestBody = 2 << 20 }, RegistryProfiles.Oci);
        var (first, second) = (new SampleBlob(Length), new SampleBlob(Length + 1));

        fixture.AssertPushed(first.Bytes, await fixture.PushAsync(first.Known));
        fixture.Registry.ClearRequests();
        fixture.AssertPushed(second.Bytes, await fixture.PushAsync(second.Known));

        Assert.Equal("HEAD POST PATCH PATCH PATCH PATCH PATCH PUT", fixture.Traffic);
    }

    private static RegistryProfile ProfileOf(string name) =>
        RegistryProfiles.All.Single(profile => profile.Name == name);

    private static Task<PushFixture> StartAsync(string name, long? largestPut = null)
    {
        var profile = ProfileOf(name);
        return PushFixture.StartAsync(
            FakeRegistryKinds.All[name], profile with { LargestPut = largestPut ?? profile.LargestPut });
    }
}
