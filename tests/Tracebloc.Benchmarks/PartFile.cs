namespace Tracebloc.Benchmarks;

/// <summary>A program, file or folder that takes part, named by a variable of the Benchmark target.</summary>
internal static class PartFile
{
    private const string Remedy = "run `dotnet cake --target=Benchmark`, which needs root on Debian";

    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } path && Path.Exists(path)
            ? path
            : throw new FileNotFoundException($"{variable} names nothing: {Remedy}.");
}
