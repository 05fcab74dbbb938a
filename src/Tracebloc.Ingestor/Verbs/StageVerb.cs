using System.CommandLine;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Staging;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor stage</c>: the far side of an upload, started in a pod by the command line.</summary>
internal sealed partial class StageVerb : Verb<StageOptions>
{
    private static readonly TimeSpan SweepAge = TimeSpan.FromHours(24);

    private readonly Option<string?> _folder = new("--folder")
    {
        HelpName = "NAME",
        Description = "The staging folder: letters, digits, _ and -, at most 128. Its files are below "
            + ".tracebloc-staging/NAME of the volume. Example: --folder cats_train-1f3a5c",
    };

    private readonly Option<string?> _volume = new("--volume")
    {
        HelpName = "DIR",
        Description = $"The folder of the volume. Default: {DatasetFolder.Volume}. Example: --volume /mnt/shared",
    };

    private readonly Option<bool> _remove = new("--remove")
    {
        Description = "Remove the folder with its files. Default: off. Example: --folder cats_train-1f3a5c --remove",
    };

    private readonly Option<bool> _sweep = new("--sweep")
    {
        Description = "Remove every staging folder that no upload has written to for 24 hours. Default: off. "
            + "Example: --sweep",
    };

    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Receive nothing: keep the pod until no upload has written to the folder for 10 minutes. "
            + "Default: off. Example: --folder cats_train-1f3a5c --wait",
    };

    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Func<LogLevel, ProgramContext> _context;
    private readonly Func<StagingStreams> _streams;

    public StageVerb(Func<LogLevel, ProgramContext> context, Func<StagingStreams> streams)
        : base("stage", "Receives an upload on standard input and answers on standard output; the tracebloc command "
            + "line starts it.")
    {
        (_context, _streams) = (context, streams);
        Add(_folder, _volume, _remove, _sweep, _wait, _level);
        Require(result =>
        {
            var folder = result.GetValue(_folder);
            var isSweep = result.GetValue(_sweep);
            if (result.GetValue(_wait) && (isSweep || result.GetValue(_remove)))
                result.AddError("--wait changes nothing; leave --remove and --sweep out.");
            else if (isSweep && (folder is not null || result.GetValue(_remove)))
                result.AddError("--sweep is for all folders; leave --folder and --remove out.");
            else if (!isSweep && folder is null)
                result.AddError("--folder is required; give the name of the staging folder.");
            else if (folder is not null && !StagedPath.IsFolder(folder))
                result.AddError($"\"{folder}\" is not a folder's name; use letters, digits, _ and -, at most 128.");
        });
    }

    public override string Examples =>
        """
          ingestor stage --folder cats_train-1f3a5c
          ingestor stage --folder cats_train-1f3a5c --remove
          ingestor stage --sweep
        """;

    protected override StageOptions Parse(ParseResult result) => new(
        result.GetValue(_folder),
        result.GetValue(_volume) ?? DatasetFolder.Volume,
        result.GetValue(_remove),
        result.GetValue(_sweep),
        result.GetValue(_level) ?? LogLevel.Information)
    {
        IsWait = result.GetValue(_wait),
    };

    public override async Task<int> ExecuteAsync(StageOptions options, CancellationToken token)
    {
        var context = _context(options.LogLevel);
        return await Ending.OfAsync(context.Logger, current => RunAsync(options, context, current), token);
    }

    private async Task RunAsync(StageOptions options, ProgramContext context, CancellationToken token)
    {
        try
        {
            if (options.IsWait) await WaitAsync(options, context, token);
            else if (options.IsSweep) await SweepAsync(options, context, token);
            else if (options.IsRemoval) await RemoveAsync(options, context, token);
            else await ReceiveAsync(options, context, token);
        }
        catch (StagingException fault)
        {
            throw new IngestorException(IngestorExit.Failed, fault.Message, fault);
        }
    }

    private async Task ReceiveAsync(StageOptions options, ProgramContext context, CancellationToken token)
    {
        var receiver = new StagingReceiver(
            PlaceOf(options), new ReceiverOptions { Version = Version, Time = context.Time });
        await using var streams = _streams();
        var answer = await receiver.RunAsync(streams, token);
        LogReceived(context.Logger, options.Folder, answer.Files, answer.Bytes);
    }

    private static async Task WaitAsync(StageOptions options, ProgramContext context, CancellationToken token)
    {
        await new StageIdleness(PlaceOf(options), context.Time).WaitAsync(token);
        LogLeft(context.Logger, options.Folder, Duration.Format(StageIdleness.Longest));
    }

    private static async Task RemoveAsync(StageOptions options, ProgramContext context, CancellationToken token)
    {
        var isRemoved = await new StagedRemoval(new LockTimes(), context.Time).RemoveAsync(PlaceOf(options), token);
        context.Out.Write($"{options.Folder}: {(isRemoved ? "removed" : "absent")}\n");
    }

    private static async Task SweepAsync(StageOptions options, ProgramContext context, CancellationToken token)
    {
        var removed = await new StagedRemoval(new LockTimes(), context.Time)
            .SweepAsync(options.Volume, SweepAge, token);
        context.Out.Write(string.Concat(removed.Select(folder => $"{folder}: removed\n")));
    }

    private static StagingPlace PlaceOf(StageOptions options) =>
        StagingPlace.Of(options.Volume, options.Folder ?? "");

    private static string Version => typeof(StageVerb).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    [LoggerMessage(673, LogLevel.Information, "Folder {Folder} was left: no upload has written to it for {Time}")]
    private static partial void LogLeft(ILogger logger, string? folder, string time);

    [LoggerMessage(670, LogLevel.Information, "Folder {Folder} is complete: {Files} files, {Bytes} bytes")]
    private static partial void LogReceived(ILogger logger, string? folder, int files, long bytes);
}
