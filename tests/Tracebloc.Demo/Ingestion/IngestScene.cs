namespace Tracebloc.Demo.Ingestion;

/// <summary>The program runs once; the demo fails where it ends otherwise.</summary>
/// <param name="Title">What is to be seen, as a sentence.</param>
/// <param name="Arguments">The program's.</param>
/// <param name="ExitCode">What it has to end with.</param>
/// <param name="Output">What it has to print.</param>
internal sealed record IngestScene(string Title, IReadOnlyList<string> Arguments, int ExitCode, string Output)
{
    private static readonly IReadOnlyList<string> Validate = ["validate", "ingest.yaml", "--data", "."], Run = ["run"];

    public static IngestScene Faulty { get; } =
        new("One date of a thousand is a word: its line is named", Validate, 1, "houses.csv:619:");

    public static IngestScene Repaired { get; } =
        new("The date is repaired: all rows are valid", Validate, 0, "1,000 rows");

    public static IngestScene Loaded { get; } =
        new("The rows are loaded, and the data set is registered", Run, 0, "1,000 rows loaded, 10 bins, registered");

    public static IngestScene Again { get; } =
        new("The run starts again, as after a crash: nothing happens twice", Run, 0, "was registered before");
}
