using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Soracom.Api.Tests.Support;

/// <summary>Keeps every log line of every category and level, scopes and structured values included.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    public ConcurrentQueue<LogLine> Lines { get; } = new();

    /// <summary>Everything that a log sink could get to see, as one text.</summary>
    public string Everything => string.Join('\n', Lines.Select(line => $"{line.Category} {line.Message} {line.Values} {line.Exception}"));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Lines);

    public void Dispose()
    {
        // Nothing is held.
    }

    internal sealed record LogLine(string Category, LogLevel Level, string Message, string Values, Exception? Exception);

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Add(LogLevel.None, $"scope {state}", state, null);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(logLevel, formatter(state, exception), state, exception);

        private void Add(LogLevel level, string message, object? state, Exception? exception)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))
                : "";
            lines.Enqueue(new LogLine(category, level, message, values, exception));
        }
    }
}
