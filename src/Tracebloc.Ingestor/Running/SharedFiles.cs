using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// The validation of a run's files that several pods share, as pod 0 sees it: each looks into some of the files, by
/// their names. The rows, which name files, are pod 0's.
/// </summary>
internal sealed class SharedFiles(RunContext context, ShardSettings shards)
{
    /// <summary>A share as the journal holds it: its number, and the number of shares.</summary>
    public static FilesShare ShareOf(SourceSlice slice) => new((int)slice.From, (int)slice.To);

    /// <summary>Looks into all files.</summary>
    /// <returns>The validators, of which some are done.</returns>
    /// <exception cref="IngestorException">A share cannot be looked into, or none was for a long time.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task<FilesValidation> LookAsync(FilesValidation files, CancellationToken token)
    {
        if (!files.HasShares) return files;
        var count = shards.Count * SharedLoad.PartsOfPod;
        var lead = new SliceLead(context, shards);
        await lead.PlanAsync(
            [.. Enumerable.Range(0, count).Select(number => new SourceSlice(number, count, IsExact: true))], token);
        try
        {
            var done = await lead.CheckAllAsync(
                slices => new SliceChain(slices.Slices, slices.Slices.All(each => each.State == SliceState.Done)),
                token);
            var shares = new List<byte[]>();
            foreach (var share in done) shares.Add((await lead.Journal.FindingsAsync(share, token)).Findings);
            return files.Merge(shares) ?? files;
        }
        catch (InvalidDataException unlike)
        {
            throw lead.Unlike(unlike);
        }
        finally
        {
            await lead.EndAsync(token);
        }
    }
}
