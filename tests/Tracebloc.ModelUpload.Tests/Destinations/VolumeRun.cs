using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Sources;

namespace Tracebloc.ModelUpload.Tests.Destinations;

/// <summary>A run of a model to a volume, which a test can end before any of its steps.</summary>
internal static class VolumeRun
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Publication> RunAsync(
        IModelSource source, string target, byte[]? signature = null, Transfer? transfer = null,
        Action<string>? step = null)
    {
        await using var destination = new VolumeDestination(new VolumeSettings(target), step ?? (_ => { }));
        await destination.CheckAsync(Token);
        var plan = await destination.PlanAsync(source, await source.ListAsync(Token), Token);
        var files = new List<PublishedFile>();
        foreach (var part in plan.Parts)
            files.AddRange(await destination.MoveAsync(part, source, transfer ?? SomeSource.Transfer(), Token));
        // A bare null would become an empty memory.
        var bundle = signature is null ? (ReadOnlyMemory<byte>?)null : signature;
        return await destination.PublishAsync(files, bundle, Token);
    }

    public static async Task<DestinationPlan> PlanAsync(IModelSource source, string target)
    {
        await using var destination = new VolumeDestination(new VolumeSettings(target));
        return await destination.PlanAsync(source, await source.ListAsync(Token), Token);
    }

    /// <summary>Ends the run before its step of that number, from 1, and whatever it would do after it.</summary>
    /// <returns>False where it has no so many steps.</returns>
    public static async Task<bool> KillAsync(IModelSource source, string target, byte[]? signature, int number)
    {
        var count = 0;
        try
        {
            await RunAsync(source, target, signature, step: _ =>
            {
                if (Interlocked.Increment(ref count) >= number)
                    throw new KilledException();
            });
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private sealed class KilledException : Exception;
}
