using System.Globalization;

namespace Tracebloc.Demo.Ingestion;

/// <summary>Plays the scenes of the ingestor: up to the rows where there is a database, else the validation.</summary>
internal sealed class IngestTimeline(IngestWorld world, Stage stage)
{
    private const string Query = "SELECT id, rooms, area, street, sold, label FROM houses_train LIMIT 5";

    /// <returns>How many scenes failed.</returns>
    public async Task<int> PlayAsync(CancellationToken token)
    {
        stage.Open(
            "Ingestor",
            world.HasDatabase
                ? "on a real MySQL server, and a central backend inside this process."
                : "without a database: it validates a data set.");
        stage.Show("ingest.yaml", Houses.Specification);
        stage.Show("houses.csv, 1,000 rows", string.Join('\n', Houses.Sound.Split('\n').Take(5)));
        await PlayAsync(IngestScene.Faulty, token);
        world.Repair();
        await PlayAsync(IngestScene.Repaired, token);
        if (world.HasDatabase) await LoadAsync(token);
        else ShowTheWay();
        return stage.Close();
    }

    private async Task LoadAsync(CancellationToken token)
    {
        await PlayAsync(IngestScene.Loaded, token);
        stage.Heading("The table keeps every value, the prices too");
        stage.Command($"mysql -e '{Query}'");
        stage.Print(await world.ShowAsync(Query, token));
        stage.Heading("The backend got a bin for each row and the bins' boundaries, but no price and no feature");
        foreach (var bin in world.Backend.Labels.Values
            .GroupBy(label => $"{label}").OrderBy(bin => int.Parse(bin.Key, CultureInfo.InvariantCulture)))
            stage.Print($"bin {bin.Key}: {bin.Count()} rows");
        stage.Print(world.Backend.Metadata[0].ToJsonString());
        await PlayAsync(IngestScene.Again, token);
    }

    private void ShowTheWay()
    {
        stage.Heading("To see the rows in a database, start one and this demo again (Debian)");
        stage.Command("scripts/mysql.sh install && scripts/mysql.sh up");
    }

    private async Task PlayAsync(IngestScene scene, CancellationToken token)
    {
        stage.Begin(scene.Title);
        stage.Command($"ingestor {string.Join(' ', scene.Arguments)}");
        var run = await world.RunAsync(scene.Arguments, token);
        if (run.StandardError != "") stage.Print(run.StandardError);

        // The line for programs is long, and says the same.
        stage.Print(string.Join('\n', run.StandardOutput.Split('\n').Where(line => !line.StartsWith('{'))));
        stage.Remark($"exit {run.ExitCode}");
        if (run.ExitCode != scene.ExitCode || !run.StandardOutput.Contains(scene.Output, StringComparison.Ordinal))
            stage.Fail($"exit {scene.ExitCode} and \"{scene.Output}\"", run.StandardError);
    }
}
