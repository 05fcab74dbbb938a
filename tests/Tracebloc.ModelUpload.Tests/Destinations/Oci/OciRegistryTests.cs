using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

public sealed class OciRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryModel Model => new(("a/b", "1"), ("weights.bin", new string('w', 1_048_577)));

    [Theory]
    [InlineData("OCI")]
    [InlineData("GHCR")]
    [InlineData("Harbor")]
    public async Task A_registry_takes_a_model_and_the_second_time_no_blob(string kind)
    {
        await using var registry = await StartAsync(FakeRegistryKinds.All[kind]);

        var first = await PublishAsync(registry, Token);
        registry.ClearRequests();
        var model = Model;
        var second = await PublishAsync(registry, Token, model);

        Assert.Equal((first.Digest, 0), (second.Digest, second.SentBytes));
        Assert.Empty(model.Opened);
        Assert.DoesNotContain(registry.Requests, request => request.Method is "PATCH");
        Assert.Empty(registry.Uploads.Open);
    }

    [Fact]
    public async Task A_run_that_is_ended_at_any_request_leaves_no_upload_and_can_be_started_again()
    {
        await using var whole = await StartAsync(new FakeUploadOptions());
        var expected = await PublishAsync(whole, Token);

        for (var at = 1; at <= whole.Requests.Count; at++)
        {
            await using var registry = await StartAsync(new FakeUploadOptions());
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
            EndAt(registry, at, ended);
            await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(registry, ended.Token));
            Assert.Empty(registry.Uploads.Open);

            Assert.Equal(expected.Digest, (await PublishAsync(registry, Token)).Digest);
            Assert.Empty(registry.Uploads.Open);
        }
    }

    private static void EndAt(FakeRegistry registry, int at, CancellationTokenSource ended)
    {
        var count = 0;
        registry.When(
            _ => Interlocked.Increment(ref count) == at,
            _ =>
            {
                ended.Cancel();
                return FakeReply.Of(503);
            });
    }

    private static async Task<FakeRegistry> StartAsync(FakeUploadOptions uploads)
    {
        var options = new FakeRegistryOptions
        {
            Authentication = FakeAuthentication.None,
            ListsReferrers = true,
            Uploads = uploads,
        };
        return await FakeRegistry.StartAsync(options, Token);
    }

    private static async Task<Publication> PublishAsync(
        FakeRegistry registry, CancellationToken cancellationToken, MemoryModel? model = null)
    {
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System);
        var target = ImageReference.Parse($"{registry.Host}/org/model:1");
        var settings = new OciDestinationSettings
        {
            Target = new OciSettings { Image = target, Credentials = CredentialStore.Empty },
            Format = OciFormat.Artifact,
            BaseImage = target,
        };
        model ??= Model;
        await using var destination = new OciDestination(settings, new OciRegistry(client), "/nowhere");
        await destination.CheckAsync(cancellationToken);
        var plan = await destination.PlanAsync(model, model.Listing, cancellationToken);
        var files = new List<PublishedFile>();
        foreach (var part in plan.Parts)
            files.AddRange(await destination.MoveAsync(part, model, model.Transfer(), cancellationToken));
        return await destination.PublishAsync(files, null, cancellationToken);
    }
}
