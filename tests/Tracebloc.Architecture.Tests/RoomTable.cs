using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>
/// The rooms of each program and of each large library, in order: a room is a folder of its project, and uses only the
/// rooms before it. Files beside the rooms are the program's own ground: what all rooms stand on (log, deadlines,
/// outcomes), and, in <see cref="Program.Roof"/>, what stands on all rooms.
/// </summary>
internal sealed record RoomTable(params IReadOnlyList<RoomTable.Program> Programs)
{
    public static RoomTable OfTheProduct { get; } = new(
        new Program(
            "Tracebloc.ImageRefresh",
            Roof: ["App.cs", "Program.cs"],
            "Workloads",
            "Configuration",
            "Records",
            "Gates",
            "Observing",
            "Planning",
            "Applying",
            "Reporting",
            "Notifications",
            "Pin",
            "Verbs"),
        new Program(
            "Tracebloc.ChartUpgrade",
            Roof: ["App.cs", "Program.cs"],
            "Options",
            "Helm",
            "Charts",
            "Releases",
            "Planning",
            "Reporting",
            "Verbs"),
        new Program(
            "Tracebloc.Ingestion",
            Roof: [],
            "Columns",
            "Specifications",
            "Reading",
            "Labels",
            "Datasets",
            "Validation",
            "Reporting",
            "Submitting",
            "Staging"),
        new Program(
            "Tracebloc.Ingestor",
            Roof: ["App.cs", "Program.cs"],
            "Settings",
            "Progress",
            "Backend",
            "Tables",
            "Loading",
            "Volume",
            "Staging",
            "Processors",
            "Sharding",
            "Running",
            "Submitting",
            "Verbs"),
        new Program(
            "Tracebloc.JobsManager",
            Roof: ["App.cs", "Program.cs"],
            "Settings",
            "Tokens",
            "Access",
            "Runs",
            "Jobs",
            "Following",
            "Submissions",
            "Datasets",
            "Web",
            "Forwarding",
            "Verbs"),
        new Program(
            "Tracebloc.Cli",
            Roof: ["App.cs", "Program.cs"],
            "Terminal",
            "Looking",
            "Describing",
            "Finding",
            "Runs",
            "Staging",
            "Pushing",
            "Checks",
            "Verbs"),
        new Program(
            "Tracebloc.MetadataSync",
            Roof: ["App.cs", "Program.cs"],
            "Kinds",
            "Settings",
            "Objects",
            "Schema",
            "Store",
            "Planning",
            "Syncing",
            "Querying",
            "Keeping",
            "Checking",
            "Serving",
            "Verbs"),
        new Program(
            "Tracebloc.ModelUpload",
            Roof: ["App.cs", "Program.cs"],
            "Models",
            "Credentials",
            "Metadata",
            "Options",
            "Reporting",
            "Registering",
            "Flow",
            "Layers",
            "Archives",
            "Stores",
            "Sources",
            "Destinations",
            "Signing",
            "Planning",
            "Moving",
            "Verbs"));

    /// <summary>The uses in one file of rooms that come after its own, and a folder that is no room.</summary>
    public IEnumerable<string> Violations(SourceFile file)
    {
        var parts = file.Path.Split('/');
        if (parts is not ["src", var name, ..] || Programs.FirstOrDefault(each => each.Name == name) is not { } program)
            return [];
        if (parts.Length == 3)
            return program.Roof.Contains(parts[2]) ? [] : Uses(file, program, -1, allowsFirst: true);
        var room = program.Rooms.TakeWhile(each => each != parts[2]).Count();
        return room == program.Rooms.Count
            ? [$"{file.Path}: {parts[2]} is no room of {name}: add it to the table."]
            : Uses(file, program, room);
    }

    // Log messages name workloads; nothing else of the ground knows a room.
    private static IEnumerable<string> Uses(SourceFile file, Program program, int room, bool allowsFirst = false) =>
        from later in program.Rooms.Skip(allowsFirst ? 1 : room + 1)
        let use = new Regex(
            $@"^\s*(global )?using (static )?(\w+ = )?{Regex.Escape(program.Name)}\.{later}\b"
            + $@"|(?<![\w.])(({Regex.Escape(program.Name)}|{program.ShortName})\.){later}\.[A-Z]"
            + $@"|(?<![\w.]){later}\.[A-Z]\w*\.?[A-Z(<]?")
        from line in file.Code.Index()
        where use.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: uses {later}, which comes after it.";

    /// <param name="Name">The project.</param>
    /// <param name="Roof">Files beside the rooms that use all of them.</param>
    /// <param name="Rooms">The rooms, the first beneath all others.</param>
    internal sealed record Program(string Name, IReadOnlyList<string> Roof, params IReadOnlyList<string> Rooms)
    {
        public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
    }
}
