using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>The checks before the first byte.</summary>
public sealed class CheckTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(UploadIntent.UpdateArtifact), "9", "model artifact 9 does not exist")]
    [InlineData(nameof(UploadIntent.CreateVersion), "9", "registered model 9 does not exist")]
    public async Task An_id_that_is_unknown_is_a_problem(string intent, string id, string expected)
    {
        await using var trial = await Trial.StartAsync();
        var settings = new IntentSettings
        {
            Kind = Enum.Parse<UploadIntent>(intent),
            ModelId = id,
            ModelArtifactId = id,
        };

        var fault = await FaultOf(trial.Start(settings));

        Assert.Equal(UploadExit.Registry, fault.ExitCode);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_are_reported_at_once()
    {
        await using var trial = await Trial.StartAsync();
        var settings = new IntentSettings
        {
            Kind = UploadIntent.UpdateArtifact,
            ModelId = "7",
            ModelVersionId = "8",
            ModelArtifactId = "9",
        };

        var fault = await FaultOf(trial.Start(settings));

        Assert.StartsWith("3 problems: ", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient);
    }

    [Theory]
    [InlineData("six")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("1/../2")]
    public async Task An_id_that_is_no_number_is_a_fault_of_usage(string id)
    {
        await using var trial = await Trial.StartAsync();

        var fault = await FaultOf(trial.Start(new IntentSettings
        {
            Kind = UploadIntent.UpdateArtifact,
            ModelArtifactId = id,
        }));

        Assert.Equal(UploadExit.Usage, fault.ExitCode);
        Assert.Contains($"--model-artifact-id {id} is no id", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(UploadIntent.UpdateArtifact), "--model-artifact-id is missing")]
    [InlineData(nameof(UploadIntent.CreateVersion), "--model-id is missing")]
    [InlineData(nameof(UploadIntent.CreateVersion), "ModelVersion.name is missing")]
    [InlineData(nameof(UploadIntent.CreateModel), "RegisteredModel.name is missing")]
    public void An_intent_names_what_it_misses(string intent, string expected) => Assert.Contains(
        IntentNames.ProblemsOf(new() { Kind = Enum.Parse<UploadIntent>(intent) }, null),
        problem => problem.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("DELETED")]
    [InlineData("MARKED_FOR_DELETION")]
    public async Task An_artifact_that_is_to_be_deleted_is_a_problem(string state)
    {
        await using var trial = await Trial.StartAsync();
        trial.Registry.PatchArtifact("1", $$"""{"state":"{{state}}"}""");

        Assert.Contains(state, (await FaultOf(trial.Start(UploadIntent.UpdateArtifact))).Message);
    }

    [Fact]
    public async Task A_taken_model_name_is_a_problem_with_its_remedy()
    {
        await using var trial = await Trial.StartAsync();
        trial.Registry.AddModel("""{"name":"llama"}""");

        Assert.EndsWith(
            "registered model \"llama\" exists with id 2; choose another RegisteredModel.name, "
            + "or add a version by create_version with --model-id 2",
            (await FaultOf(trial.Start(UploadIntent.CreateModel))).Message);
    }

    [Fact]
    public async Task A_taken_version_name_is_a_problem_even_with_not_found_in_it()
    {
        await using var started = await Trial.StartAsync();
        started.Registry.AddVersion("1", """{"name":"not found"}""");
        var trial = new Trial(started.Registry)
        {
            Given = Trial.Metadata with { ModelVersion = new() { Name = "not found" } },
        };

        Assert.Contains(
            "\"not found\" exists with id 2", (await FaultOf(trial.Start(UploadIntent.CreateVersion))).Message);
    }

    [Fact]
    public async Task The_entries_of_another_run_are_never_shared()
    {
        await using var trial = await Trial.StartAsync();
        await trial.RunAsync(UploadIntent.CreateModel, Cancelled);
        var before = trial.Entries;
        var other = trial.Start(UploadIntent.CreateModel, "another");

        await FaultOf(other);
        await other.UndoAsync(Cancelled);

        Assert.Equal(before, trial.Entries);
    }

    [Fact]
    public async Task Checks_read_only()
    {
        await using var trial = await Trial.StartAsync();
        foreach (var kind in Enum.GetValues<UploadIntent>())
        {
            var registration = trial.Start(kind);
            await registration.CheckAsync(Cancelled);
            await registration.UndoAsync(Cancelled);
        }

        Assert.All(trial.Registry.Requests, request => Assert.Equal("GET", request.Method));
    }

    private static Task<UploadException> FaultOf(Registration registration) =>
        Assert.ThrowsAsync<UploadException>(() => registration.CheckAsync(Cancelled));
}
