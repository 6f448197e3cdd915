using System.Reflection;

namespace Soracom.Portal.Hosting;

/// <summary>Reads configuration sections into options, and says in words which key holds a value of the wrong form.</summary>
internal static class Settings
{
    /// <summary>Reads a section into options; keys that are absent leave what the options have.</summary>
    /// <typeparam name="T">The options' type.</typeparam>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ConfigurationException">At least one value has the wrong form; the message names the keys.</exception>
    public static T Read<T>(IConfiguration configuration, string section, T options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var values = configuration.GetSection(section);
        // Ahead of the binder, which stops at the first wrong value and speaks of types.
        var problems = typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite && !CanRead(values, property))
            .Select(property => $"{section}:{property.Name} is \"{values[property.Name]}\"; it must be {FormOf(property.PropertyType)}.")
            .ToList();
        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, problems));
        }

        values.Bind(options);
        return options;
    }

    private static bool CanRead(IConfigurationSection values, PropertyInfo property)
    {
        try
        {
            values.GetValue(property.PropertyType, property.Name);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string FormOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var form when form == typeof(bool) => "true or false",
        var form when form == typeof(TimeSpan) => "a length of time: 00:00:30 is half a minute, 1.00:00:00 a day",
        var form when form == typeof(int) => "a whole number",
        var form when form == typeof(double) => "a number",
        var form when form == typeof(Uri) => "an address",
        var form => $"a {form.Name}",
    };
}
