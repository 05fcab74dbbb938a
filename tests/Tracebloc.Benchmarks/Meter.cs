using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Benchmarks;

/// <summary>Runs contenders under the meter, a small program of its own that measures them from outside.</summary>
internal sealed class Meter(string program)
{
    /// <summary>
    /// Interleaved, so that whatever else this machine does meets all alike; every other round in reverse, so that
    /// nobody always comes after the same one.
    /// </summary>
    public async Task<Race> RaceAsync(
        IReadOnlyList<Contender> contenders, Rounds rounds, CancellationToken cancellationToken)
    {
        var runs = contenders.ToDictionary(contender => contender, _ => new List<Measurement>());
        for (var round = -rounds.WarmUps; round < rounds.Measured; round++)
            foreach (var contender in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                var measurement = await RunAsync(contender, cancellationToken);
                if (round >= 0)
                    runs[contender].Add(measurement);
            }

        return new Race([.. contenders.Select(contender => new Measured(contender.Name, runs[contender]))]);
    }

    /// <exception cref="InvalidOperationException">It did not end with exit code 0.</exception>
    public async Task<Measurement> RunAsync(Contender contender, CancellationToken cancellationToken)
    {
        await contender.Before(cancellationToken);
        var result = await Cli.Wrap(program)
            .WithArguments(contender.Command)
            .WithEnvironmentVariables(contender.Environment)
            .WithStandardInputPipe(PipeSource.FromString(contender.Input()))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        var numbers = result.StandardOutput.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))
            .ToArray();
        if (numbers is not [0, var wall, var cpu, var peak])
            throw new InvalidOperationException(
                $"{contender.Name} failed ({result.StandardOutput.Trim()}):\n{result.StandardError}");
        contender.After();
        return new Measurement(
            contender.Part?.Invoke(result.StandardError) ?? wall / 1000, cpu / 1000, peak / 1024);
    }
}

/// <summary>A contender's runs.</summary>
internal sealed record Measured(string Contender, IReadOnlyList<Measurement> Runs)
{
    public Measurement Median { get; } = Measurement.Median(Runs);
}
