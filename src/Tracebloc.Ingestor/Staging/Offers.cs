using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Reads the list of the files that a connection offers.</summary>
internal static class Offers
{
    /// <summary>Reads all of it.</summary>
    /// <exception cref="StagingException">A path is not allowed, or two files are in each other's way.</exception>
    public static async Task<IReadOnlyList<StagedFile>> ReadAsync(
        StagingLink link, NearHello hello, CancellationToken token)
    {
        List<StagedFile> files = [];
        while (await link.ReadAsync(token) is { Type: not FrameType.OfferEnd } frame)
        {
            StagingMessages.ReadOffer(frame, files);
            if (files.Count > hello.Files) throw StagingMessages.Unexpected(frame);
        }

        if (files.Count != hello.Files)
            throw StagingException.Malformed($"{files.Count} files were offered, and {hello.Files} were announced");
        RequireApart(files);
        return files;
    }

    private static void RequireApart(IReadOnlyList<StagedFile> files)
    {
        var paths = new HashSet<string>(files.Count, StringComparer.Ordinal);
        foreach (var file in files)
            if (!paths.Add(file.Path)) throw Refused(file.Path, "it is offered twice");
        foreach (var file in files)
            for (var at = file.Path.LastIndexOf('/'); at > 0; at = file.Path.LastIndexOf('/', at - 1))
                if (paths.Contains(file.Path[..at])) throw Refused(file.Path, $"{file.Path[..at]} is a file");
    }

    private static StagingException Refused(string path, string reason) =>
        new(StagingFailure.Refused, $"File {path} was refused: {reason}");
}
