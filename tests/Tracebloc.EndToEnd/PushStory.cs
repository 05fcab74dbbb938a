namespace Tracebloc.EndToEnd;

/// <summary>A data scientist pushes folders by the published command line, with the documented Role alone.</summary>
internal sealed class PushStory(World world, Release zeta)
{
    private const int Images = 120, Rows = 3000, Texts = 40, Cats = 8;

    private readonly StoryReporter _reporter = zeta.Reporter;
    private readonly DatabasePod _database = new(zeta.Kubectl);
    private readonly string _volume = world.VolumeOf(zeta);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var machine = await Workstation.SetUpAsync(zeta.Kubectl, world.CommandLine);
        await using var accounts = new Accounts(zeta.Kubectl, "users");
        await accounts.SetUpAsync(cancellationToken);
        var token = await accounts.CreateAsync("scientist", Accounts.Documented, cancellationToken);
        var scientist = new Scientist(machine, token, _reporter);
        var staging = new StagingSigns(zeta.Kubectl, _volume);
        var pushes = Firsts(machine.Data);
        await LookAsync(scientist, cancellationToken);
        await PushAsync(scientist, pushes, staging, cancellationToken);
        await ShowAsync(scientist, cancellationToken);
        await ReplaceAsync(scientist, cancellationToken);
        await DeleteAsync(scientist, pushes[0].Arguments, cancellationToken);
        await new PushFaults(zeta, scientist, staging).RunAsync(cancellationToken);
        await new PushPermissions(zeta, scientist, accounts, staging).RunAsync(cancellationToken);
        await new PushVersions(world, zeta, scientist, staging).RunAsync(cancellationToken);
    }

    private async Task LookAsync(Scientist scientist, CancellationToken cancellationToken)
    {
        _reporter.Scene(25, "A data scientist with the documented Role looks at the cluster");
        var info = await scientist.RunAsync(cancellationToken, "cluster", "info");
        _reporter.Claim("cluster info knows all parts", info.ExitCode == 0, $"{info}");
        _reporter.Equal("it names the release", zeta.Name, $"{info.Result?["release"]?["name"]}");
        _reporter.Equal("both sides have one schema", "same", $"{info.Result?["schema"]?["verdict"]}");
        var doctor = await scientist.RunAsync(cancellationToken, "doctor");
        _reporter.Claim("doctor finds no fault", doctor.ExitCode == 0, $"{doctor}");
    }

    private async Task PushAsync(
        Scientist scientist, IReadOnlyList<PushOf> pushes, StagingSigns staging, CancellationToken cancellationToken)
    {
        _reporter.Scene(
            26, "Folders of images, rows and texts, and the sample, come in by one command each, all at once");
        var ends = await Task.WhenAll(
            pushes.Select(push => scientist.RunAsync(cancellationToken, push.Arguments)));
        foreach (var (push, end) in pushes.Zip(ends))
            await ClaimLoadedAsync(push, end, cancellationToken);
        _reporter.Equal("the images are in their folder", Images, Placed("e2e_leaves"));
        _reporter.Equal("and the texts", Texts, Placed("e2e_notes"));
        _reporter.Equal("no staging pod is left", "", await staging.LeftAsync(cancellationToken));
        _reporter.Claim(
            "events show the staging pod of a push",
            (await staging.EverAsync("e2e_houses", cancellationToken)).Count > 0);
        var files = string.Join(' ', pushes.SelectMany(push => staging.Files(push.Table)));
        _reporter.Equal("and no file of an upload", "", files);
        var again = await scientist.RunAsync(cancellationToken, pushes[0].Arguments);
        _reporter.Claim(
            "the same push again does nothing, and names the run",
            again.ExitCode == 0 && again.Member("unchanged") == "true"
            && again.Member("run") == ends[0].Member("run") && again.Result?["staged"] is null,
            $"{again}");
    }

    private async Task ClaimLoadedAsync(PushOf push, CommandEnd end, CancellationToken cancellationToken)
    {
        _reporter.Claim(
            $"{push.Table} is pushed", end.ExitCode == 0 && end.Member("status") == "succeeded", $"{end}");
        var summary = end.Result?["summary"];
        _reporter.Equal(
            $"the summary of {push.Table} has its numbers", $"{push.Rows} of {push.Rows}, {push.Files} files",
            $"{summary?["inserted_records"]} of {summary?["total_records"]}, {summary?["files"]} files");
        _reporter.Equal(
            $"{push.Table} has each row once", $"{push.Rows}\t{push.Rows}",
            await _database.CountAsync(push.Table, cancellationToken));
    }

    private async Task ShowAsync(Scientist scientist, CancellationToken cancellationToken)
    {
        _reporter.Scene(27, "The data sets and their runs are listed, and shown");
        var list = await scientist.RunAsync(cancellationToken, "dataset", "list");
        _reporter.Equal(
            "list has the four, ready",
            $"cats_dogs_train ready {Cats} {Cats}, e2e_houses ready {Rows} 0, "
            + $"e2e_leaves ready {Images} {Images}, e2e_notes ready {Texts} {Texts}",
            string.Join(", ", (list.Result?["datasets"]?.AsArray() ?? [])
                .Select(one => $"{one?["table"]} {one?["state"]} {one?["rows"]} {one?["files"]}")));
        var show = await scientist.RunAsync(cancellationToken, "dataset", "show", "e2e_leaves");
        _reporter.Equal(
            "show counts the labels", "healthy 96, rust 24",
            string.Join(", ", (show.Result?["dataset"]?["labels"]?.AsArray() ?? [])
                .Select(one => $"{one?["label"]} {one?["count"]}").Order(StringComparer.Ordinal)));
        var status = await scientist.RunAsync(cancellationToken, "dataset", "status");
        var runs = status.Result?["runs"]?.AsArray() ?? [];
        _reporter.Equal("status has four runs", 4, runs.Count(run => (string?)run?["state"] == "succeeded"));
        var key = runs.Where(run => (string?)run?["table"] == "e2e_leaves")
            .Select(run => (string?)run?["idempotency_key"]).FirstOrDefault() ?? "";
        var logs = await scientist.RunAsync(cancellationToken, "dataset", "logs", key);
        _reporter.Claim(
            "logs prints the ingestor's summary",
            logs.ExitCode == 0 && $"{logs.Result?["lines"]}".Contains("INGESTION SUMMARY"), $"{logs}");
        var watch = await scientist.RunAsync(cancellationToken, "dataset", "watch", key);
        _reporter.Equal("watch of a run that is over has its exit code", 0, watch.ExitCode);
    }

    private async Task ReplaceAsync(Scientist scientist, CancellationToken cancellationToken)
    {
        _reporter.Scene(28, "Other data for a table is refused, and replaces it when that is asked for");
        var other = Pushes.Rows(scientist.Machine.Data.Rows("other", Rows / 2, "Bern"), "e2e_houses");
        var refused = await scientist.RunAsync(cancellationToken, other);
        _reporter.Claim(
            "without --overwrite: exit code 6, and the message names the option",
            refused.ExitCode == 6 && refused.Error.Contains("--overwrite"), $"{refused}");
        var replaced = await scientist.RunAsync(cancellationToken, [.. other, "--overwrite"]);
        _reporter.Claim("with it the push succeeds", replaced.ExitCode == 0, $"{replaced}");
        _reporter.Equal(
            "the table has the new rows alone", $"{Rows / 2}\tBern",
            await _database.AskAsync(
                "SELECT COUNT(*), GROUP_CONCAT(DISTINCT city) FROM training_test_datasets.e2e_houses",
                cancellationToken));
    }

    private async Task DeleteAsync(
        Scientist scientist, string[] leaves, CancellationToken cancellationToken)
    {
        _reporter.Scene(29, "A data set is deleted: rows, files and record");
        var asked = await scientist.RunAsync(cancellationToken, "dataset", "delete", "e2e_leaves");
        _reporter.Claim(
            "where no one can be asked, --yes is needed",
            asked.ExitCode == 3 && asked.Error.Contains("--yes"), $"{asked}");
        var deleted = await scientist.RunAsync(cancellationToken, "dataset", "delete", "e2e_leaves", "--yes");
        _reporter.Claim("delete succeeds", deleted.ExitCode == 0, $"{deleted}");
        _reporter.Equal("it has counted the files", $"{Images}", deleted.Member("files"));
        _reporter.Equal(
            "the table is gone", "0",
            await _database.AskAsync(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'e2e_leaves'", cancellationToken));
        _reporter.Claim("its folder is gone", !Directory.Exists(Path.Combine(_volume, "e2e_leaves")));
        var list = await scientist.RunAsync(cancellationToken, "dataset", "list");
        _reporter.Claim("list has it no more", !$"{list.Result}".Contains("e2e_leaves"), $"{list}");
        var again = await scientist.RunAsync(cancellationToken, "dataset", "delete", "e2e_leaves", "--yes");
        _reporter.Claim(
            "a second delete: exit code 5, for there is none",
            again.ExitCode == 5 && again.Error.Contains("does not exist"), $"{again}");
        var pushed = await scientist.RunAsync(cancellationToken, leaves);
        _reporter.Claim("and the same data can be pushed again", pushed.ExitCode == 0, $"{pushed}");
        _reporter.Equal("all of it", Images, Placed("e2e_leaves"));
    }

    private static IReadOnlyList<PushOf> Firsts(LocalData data) =>
    [
        new("e2e_leaves", Images, Images)
        {
            Arguments = Pushes.Images(data.Images("leaves", Images, 2000), "e2e_leaves"),
        },
        new("e2e_houses", Rows, 0) { Arguments = Pushes.Rows(data.Rows("houses", Rows), "e2e_houses") },
        new("e2e_notes", Texts, Texts) { Arguments = Pushes.Texts(data.Texts("notes", Texts), "e2e_notes") },
        new("cats_dogs_train", Cats, Cats) { Arguments = Pushes.FirstOfDocs },
    ];

    private int Placed(string table) => Directory.Exists(Path.Combine(_volume, table))
        ? Directory.GetFiles(Path.Combine(_volume, table)).Length
        : 0;

    /// <summary>A push, and what it must bring.</summary>
    private sealed record PushOf(string Table, int Rows, int Files)
    {
        public required string[] Arguments { get; init; }
    }
}
