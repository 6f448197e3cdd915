[assembly: AssemblyFixture(typeof(SharedScene))]
