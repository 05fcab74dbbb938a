using Tracebloc.Cli.Looking;
using Tracebloc.Cli.Terminal;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Describing;

/// <summary>Looks at a data set and describes it; nothing of it needs a cluster.</summary>
internal sealed class DatasetDescriber(Screen screen)
{
    /// <returns>The data set; null where a question was declined.</returns>
    /// <exception cref="CliException">The data or the flags are wrong.</exception>
    /// <exception cref="Configuration.ConfigurationException">The specification is wrong.</exception>
    public async Task<LocalDataset?> DescribeAsync(
        IDataOrigin origin, DescriptionOptions options, CancellationToken token)
    {
        if (options.Config is { } config) return Say(ConfiguredDataset.Of(config, origin, token), origin.Name);
        var answers = new MissingAnswers(screen);
        var view = origin.List(token);
        if (await answers.CategoryAsync(view, origin.Root, options, token) is not { } rules) return null;
        MisappliedFlags.Refuse(options, rules);
        var look = DataLook.Of(view, origin.Root, rules);
        if (!look.IsThere) throw new CliException(CliExit.Local, look.Fault);
        var found = look.Value;
        Say(found, origin.Name);
        var header = await CsvFile.HeaderAsync(found.Rows, token);
        var name = view.IsBareFile ? found.Rows.Name : Path.GetFileName(UserPath.Absolute(origin.Name));
        if (await answers.CompleteAsync(options, found, header, name, token) is not { } complete) return null;
        return new(found, await new DescriptionBuilder(screen, found, header).BuildAsync(complete, token));
    }

    private LocalDataset Say(LocalDataset dataset, string name)
    {
        Say(dataset.Found, name);
        foreach (var warning in dataset.Specification.Warnings) screen.Warn($"{warning}");
        return dataset;
    }

    private void Say(FoundData found, string name)
    {
        screen.Line($"Found in {name}: {found}");
        foreach (var note in found.Notes) screen.Note(note);
    }
}
