using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Soracom.Api.Http;

/// <summary>
/// Logs the name of each JSON member that the wire models don't know, once and without its value, and lets the answer pass.
/// Works on the contracts, so that the models themselves stay free of it.
/// </summary>
internal sealed partial class UnknownMemberReporter(ILogger<UnknownMemberReporter> log)
{
    /// <summary>Names come from outside: past this many, no more are remembered or logged.</summary>
    private const int MaxNames = 500;
    private const int MaxNameLength = 80;

    private readonly ConcurrentDictionary<(Type Type, string Name), bool> reported = new();

    /// <summary>Gives a contract an extension-data member, which the serialiser offers unknown members to.</summary>
    public void Attach(JsonTypeInfo contract)
    {
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var sink = new Sink(name => Report(contract.Type, name));
        var member = contract.CreateJsonPropertyInfo(typeof(IDictionary<string, JsonElement>), "$unknown");
        member.IsExtensionData = true;
        member.Get = _ => sink;
        member.Set = static (_, _) => { };
        contract.Properties.Add(member);
    }

    private void Report(Type type, string name)
    {
        var shown = name.Length <= MaxNameLength ? name : name[..MaxNameLength];
        if (reported.Count < MaxNames && reported.TryAdd((type, shown), true))
        {
            LogUnknownMember(log, type.Name, shown);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The vendor's {Type} has a member that the client does not know: {Member}")]
    private static partial void LogUnknownMember(ILogger logger, string type, string member);

    /// <summary>Takes names and forgets values; looks empty when a model is written.</summary>
    private sealed class Sink(Action<string> report) : IDictionary<string, JsonElement>
    {
        private static readonly Dictionary<string, JsonElement> Nothing = [];

        public int Count => 0;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => Nothing.Keys;

        public ICollection<JsonElement> Values => Nothing.Values;

        public JsonElement this[string key]
        {
            get => throw new KeyNotFoundException();
            set => report(key);
        }

        public void Add(string key, JsonElement value) => report(key);

        public void Add(KeyValuePair<string, JsonElement> item) => report(item.Key);

        public void Clear()
        {
            // It holds nothing.
        }

        public bool Contains(KeyValuePair<string, JsonElement> item) => false;

        public bool ContainsKey(string key) => false;

        public void CopyTo(KeyValuePair<string, JsonElement>[] array, int arrayIndex)
        {
            // It holds nothing.
        }

        public bool Remove(string key) => false;

        public bool Remove(KeyValuePair<string, JsonElement> item) => false;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value)
        {
            value = default;
            return false;
        }

        public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => Nothing.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IDictionary<string, JsonElement>))]
internal sealed partial class UnknownMembersJson : JsonSerializerContext;
