using System.CommandLine;
using Tracebloc.Cli.Describing;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class DescriptionArgumentsTests
{
    private readonly CommandLineProgram _program = CommandLineProgram.Of(new DescribeVerb(), "  0 done");

    [Fact]
    public void Every_flag_is_read()
    {
        var options = (DescriptionOptions)_program.Read(
        [
            "--table", "t", "--category", "keypoint_detection", "--intent", "test", "--label-column", " label ",
            "--label-policy", "passthrough", "--target-size", "8x9", "--min-size", "1,2", "--time-column", "m",
            "--number-of-keypoints", "3", "--schema", "a:INT",
        ])!;

        Assert.Equal(
            ("t", "keypoint_detection", Intent.Test, "label", LabelPolicy.Passthrough),
            (options.Table, options.Category!.Name, options.Intent, options.LabelColumn, options.LabelPolicy));
        Assert.Equal(
            (new ImageSize(8, 9), new ImageSize(1, 2), "m", 3),
            (options.TargetSize, options.MinSize, options.TimeColumn, options.NumberOfKeypoints));
        Assert.Equal("a", Assert.Single(options.Schema).Name);
    }

    [Fact]
    public void An_empty_value_counts_as_absent() =>
        Assert.Null(((DescriptionOptions)_program.Read(["--label-column", ""])!).LabelColumn);

    [Fact]
    public async Task A_config_excludes_the_flags_that_it_stands_in_for()
    {
        using var error = new StringWriter();

        Assert.Equal(2, await _program.InvokeAsync(
            ["--config", "x.yaml", "--table", "t"], TextWriter.Null, error, TestContext.Current.CancellationToken));

        Assert.StartsWith("--config and --table exclude each other: the file describes all of it.", error.ToString());
    }

    private sealed class DescribeVerb : Verb<DescriptionOptions>
    {
        private readonly DescriptionArguments _arguments = new();

        public DescribeVerb()
            : base("describe", "Describes.") => _arguments.AddTo(this, hasConfig: true);

        public override string Examples => "  describe";

        protected override DescriptionOptions Parse(ParseResult result) => _arguments.Of(result);

        public override Task<int> ExecuteAsync(DescriptionOptions options, CancellationToken token) =>
            Task.FromResult(0);
    }
}
