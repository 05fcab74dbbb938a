using Tracebloc.Cli.Looking;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Completes a description: on a terminal by questions, with what was found as the default; elsewhere what is missing
/// is an error. Null: a question was declined.
/// </summary>
internal sealed class MissingAnswers(Screen screen)
{
    private const string UsualLabel = "label";

    /// <summary>The category, by the flag or by the look of the folder.</summary>
    /// <exception cref="CliException">It is missing, or the folder is no data set.</exception>
    public async Task<CategoryRules?> CategoryAsync(
        FolderView view, string root, DescriptionOptions options, CancellationToken token)
    {
        if (options.Category is { } given) return given;
        var candidates = Sniff.Candidates(view, root);
        if (candidates.Count == 0) throw new CliException(CliExit.Local, Sniff.Fault(view, root));
        if (candidates is [var only] && options.IsDraft) return only;
        var names = candidates.Select(rules => rules.Name).ToList();
        if (!screen.CanAsk)
            throw new CliException(
                CliExit.Usage,
                $"--category is missing; \"{view.Name}\" may be {string.Join(" or ", names)}");
        screen.Line($"\"{view.Name}\" may be:");
        return await screen.Prompt.ChooseAsync("Category", names, names[0], token) is { } name
            ? Categories.Find(name)
            : null;
    }

    /// <summary>Everything else that a description needs.</summary>
    /// <exception cref="CliException">Something is missing.</exception>
    public async Task<DescriptionOptions?> CompleteAsync(
        DescriptionOptions options, FoundData found, RecordHeader header, string name, CancellationToken token)
    {
        if (await IntentAsync(options, token) is not { } intent) return null;
        if (await TableAsync(options, SuggestedTable.For(name, intent), token) is not { } table) return null;
        var complete = options with { Category = found.Rules, Intent = intent, Table = table };
        if (found.Rules.Label == LabelRule.Forbidden) return complete;
        if (await LabelAsync(options, header, token) is not { } label) return null;
        return complete with { LabelColumn = label };
    }

    private async Task<Intent?> IntentAsync(DescriptionOptions options, CancellationToken token)
    {
        if (options.Intent is { } given) return given;
        // With the table given, the command line is not the beginning of a conversation.
        if (!screen.CanAsk || options.Table is not null) return Intent.Train;
        return await screen.Prompt.ChooseAsync("Use of the rows", ["train", "test"], "train", token) switch
        {
            null => null,
            "test" => Intent.Test,
            _ => Intent.Train,
        };
    }

    private async Task<string?> TableAsync(DescriptionOptions options, string suggested, CancellationToken token)
    {
        if (options.Table is { } given) return given;
        if (screen.CanAsk) return await screen.Prompt.AskAsync("Table", suggested, TableName.Fault, token);
        return options.IsDraft ? suggested : throw new CliException(
            CliExit.Usage, $"--table is missing; name the data set, such as --table {suggested}");
    }

    private async Task<string?> LabelAsync(DescriptionOptions options, RecordHeader header, CancellationToken token)
    {
        if (options.LabelColumn is { } given)
        {
            CsvFile.Require("--label-column", header, given);
            return header.Names[header.Find(given)];
        }

        var usual = header.Find(UsualLabel) is >= 0 and var at ? header.Names[at] : null;
        if (screen.CanAsk)
            return await screen.Prompt.ChooseAsync(
                "Column of the label", header.Names, usual ?? header.Names[^1], token);
        return options.IsDraft && usual is not null ? usual : throw new CliException(
            CliExit.Usage,
            $"--label-column is missing; name the column of {header.File} that holds the label: "
            + CsvFile.ListOf(header));
    }
}
