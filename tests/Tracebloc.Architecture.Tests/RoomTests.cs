namespace Tracebloc.Architecture.Tests;

public sealed class RoomTests
{
    private static readonly RoomTable Table = RoomTable.OfTheProduct;

    [Fact]
    public void A_room_uses_only_the_rooms_before_it()
    {
        string[] folders = [.. Table.Programs.Select(program => $"src/{program.Name}/")];

        Inspection.Of(Repository.Files(folders, [".cs"]), Table.Violations).MustHold("files");
    }

    [Fact]
    public void Every_program_has_its_rooms() => Assert.Empty(
        ReferenceTable.OfTheProduct.Rows.Where(row => row.Assembly is not null).Select(row => row.Name)
            .Except(Table.Programs.Select(program => program.Name)));

    [Fact]
    public void Every_room_is_a_folder() => Assert.All(
        Table.Programs,
        program => Assert.All(
            program.Rooms,
            room => Assert.NotEmpty(Repository.Files([$"src/{program.Name}/{room}/"], [".cs"]))));

    [Theory]
    [InlineData("Gates/Hold.cs", "using Tracebloc.ImageRefresh.Planning;")]
    [InlineData("Workloads/Workload.cs", "using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;")]
    [InlineData("Planning/Planner.cs", "using Box = Tracebloc.ImageRefresh.Notifications.Webhook.Outbox;")]
    [InlineData("Records/HoldOff.cs", "var plan = new Planning.ImagePlan();")]
    [InlineData("Records/HoldOff.cs", "ImageRefresh.Gates.Hold.Check(candidate);")]
    [InlineData("Notifications/Webhook/Outbox.cs", "using Tracebloc.ImageRefresh.Verbs;")]
    [InlineData("Deadlines.cs", "using Tracebloc.ImageRefresh.Applying;")]
    [InlineData("Lookups/Lookup.cs", "")]
    public void A_use_of_a_later_room_is_found(string file, string line) =>
        Assert.Single(Table.Violations(new SourceFile($"src/Tracebloc.ImageRefresh/{file}", line)));

    [Theory]
    [InlineData("Planning/Planner.cs", "using Tracebloc.ImageRefresh.Gates;")]
    [InlineData("Planning/Planner.cs", "// Reporting.TickReport shows it")]
    [InlineData("Records/HoldOff.cs", "var options = image.Gates.Platforms;")]
    [InlineData("Records/HoldOff.cs", "using Tracebloc.Configuration;")]
    [InlineData("App.cs", "using Tracebloc.ImageRefresh.Verbs;")]
    public void A_use_of_an_earlier_room_is_none(string file, string line) =>
        Assert.Empty(Table.Violations(new SourceFile($"src/Tracebloc.ImageRefresh/{file}", line)));
}
