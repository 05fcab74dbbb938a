using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tracebloc.CommandLine;

/// <summary>One verb of a program: its options, its help and what it does, in one class.</summary>
public abstract class Verb : CommandWord
{
    private readonly Dictionary<Option, IReadOnlyList<string>> _values = [];

    private protected Verb(string name, string about) => Command = new VerbCommand(this, name, about);

    internal sealed override Command Command { get; }

    /// <summary>Adds an argument; arguments are taken in the order in which they are added.</summary>
    public void Add(Argument argument) => Command.Add(argument);

    /// <summary>Adds options, which the help lists in this order.</summary>
    public void Add(params IReadOnlyList<Option> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var option in options)
            Command.Add(option);
    }

    /// <summary>Names the words that an option's value may be, for completion.</summary>
    /// <param name="option">An option of the verb.</param>
    /// <param name="values">The words.</param>
    public void Offer(Option option, params IReadOnlyList<string> values) => _values[option] = values;

    /// <summary>Adds a rule over several options, which reports a mistake by <c>AddError</c>.</summary>
    public void Require(Action<CommandResult> rule) => Command.Validators.Add(rule);

    /// <summary>The verb's options as they were given on the command line; tests compare them.</summary>
    public abstract object Read(ParseResult result);

    internal IReadOnlyList<string>? ValuesOf(Option option) => _values.GetValueOrDefault(option);
}

/// <summary>A verb whose options are a record.</summary>
/// <typeparam name="TOptions">The options, valid once parsed.</typeparam>
public abstract class Verb<TOptions> : Verb
    where TOptions : notnull
{
    /// <summary>Names the verb; a derived constructor adds its arguments and options.</summary>
    /// <param name="name">The word on the command line.</param>
    /// <param name="about">One sentence for the help.</param>
    protected Verb(string name, string about)
        : base(name, about) => Command.SetAction((result, token) => ExecuteAsync(Parse(result), token));

    /// <inheritdoc/>
    public sealed override object Read(ParseResult result) => Parse(result);

    /// <summary>Turns arguments that passed validation into options.</summary>
    protected abstract TOptions Parse(ParseResult result);

    /// <summary>Does what the verb is for.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> ExecuteAsync(TOptions options, CancellationToken token);
}

/// <summary>The library's command of a verb.</summary>
internal sealed class VerbCommand(Verb verb, string name, string about) : WordCommand(name, about)
{
    public Verb Verb => verb;

    public override CommandWord Word => verb;
}
