using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Looking;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Pushing;

/// <summary>Looks at a data set, describes it and validates it: all that needs no cluster.</summary>
internal sealed class PushPreparation(Screen screen)
{
    /// <returns>The data set; null where a question was declined.</returns>
    /// <exception cref="CliException">The data or the flags are wrong.</exception>
    public async Task<PreparedPush?> PrepareAsync(PushOptions options, CancellationToken token)
    {
        if (await PathAsync(options, token) is not { } path) return null;
        var origin = LocalOrigin.Of(path);
        var dataset = await new DatasetDescriber(screen).DescribeAsync(origin, options.Description, token);
        if (dataset is null) return null;
        await ValidateAsync(dataset, token);
        var prepared = new PreparedPush(dataset, await DigestAsync(dataset, origin, token));
        RequireNames(prepared);
        return prepared;
    }

    private async Task<string?> PathAsync(PushOptions options, CancellationToken token)
    {
        if (options.Path is { } given) return given;
        if (!screen.CanAsk)
            throw new CliException(CliExit.Usage, "PATH is missing; give the folder of the data set, or its CSV");
        var home = screen.Variable("HOME") ?? screen.Variable("USERPROFILE") ?? "";
        var answer = await screen.Prompt.AskAsync(
            "Folder of the data set, or its CSV", fallback: null,
            text => Path.Exists(Prompt.PathOf(text, home)) ? null : "does not exist", token);
        return answer is null ? null : Prompt.PathOf(answer, home);
    }

    private async Task ValidateAsync(LocalDataset dataset, CancellationToken token)
    {
        var specification = dataset.Specification;
        var result = await new LocalValidation(screen).RunAsync(specification, dataset.Places, token);
        if (ValidationText.Of(result) is { Length: > 0 } findings) screen.Line(findings);
        foreach (var remark in result.Remarks) screen.Note(remark);
        if (!result.IsValid)
            throw new CliException(CliExit.Local, ValidationText.Verdict(specification.Table, result));
        screen.Line($"Valid: {ValidationText.Counted(result.Rows, "row")}"
            + (result.HasColumns ? "" : "; columns are validated in the cluster, after the processors"));
    }

    private async Task<string> DigestAsync(LocalDataset dataset, LocalOrigin origin, CancellationToken token)
    {
        using var progress = screen.Progress();
        var cache = new DigestCache(CacheFolder.Of(screen.Variable), origin.Root, screen.Time);
        cache.Load();
        var digest = await DatasetDigest.OfAsync(
            dataset, cache,
            (files, bytes) => progress.Show(() =>
                $"Reading: {ValidationText.Counted(files, "file")}, {HumanSize.Of(bytes)} of "
                + HumanSize.Of(dataset.Found.Bytes)),
            token);
        cache.Save();
        return digest;
    }

    // A name that the volume cannot have is found before anything is sent.
    private static void RequireNames(PreparedPush prepared)
    {
        try
        {
            _ = prepared.Source();
        }
        catch (StagingException fault)
        {
            throw new CliException(CliExit.Local, fault.Message, fault);
        }
    }
}
